import type { Analysis } from "../analysis.ts";
import { calledName } from "../files/source-file.ts";
import { byName } from "../memo.ts";
import { dottedPath, memberName, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";

/**
 * Records of a model, a table or a collection that is a log by its name: `ErrorLog.create({ text })`,
 * `prisma.auditLog.create({ data })`, `db.collection("logs").insertOne(entry)`. What people sign in with and by is kept
 * in tables such as `LoginLog` on purpose, and so is what the file looks up there by a token.
 */
export function writesLogRecord({ file }: Analysis, call: CallNode): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || !WRITES.test(memberName(callee) ?? "")) return false;
  const name = nameOf(callee.object);
  if (name === undefined || !isLogName(name)) return false;
  return !file.index.calls.some(({ callee: other, arguments: [asked] }) => {
    const method = unwrap(other);
    return (
      method.type === "MemberExpression" &&
      /^(?:find|get|has|exists|first|distinct|aggregate|where|select|count|delete|remove|destroy|update)/u.test(
        memberName(method) ?? "",
      ) &&
      nameOf(method.object) === name &&
      asked !== undefined &&
      /token/iu.test(file.text.slice(...asked.range))
    );
  });
}

const WRITES = /^(?:create|createMany|bulkCreate|insert|insertOne|insertMany|add|save)$/u;

/** `ErrorLog`, `prisma.auditLog`, and what a call names: `collection("logs")`, `supabase.from("logs")`, `knex("logs")` */
function nameOf(written: Node): string | undefined {
  const holder = unwrap(written);
  if (holder.type !== "CallExpression") return dottedPath(holder)?.at(-1);
  return /^(?:collection|from|into|table|model|knex|db)$/u.test(calledName(holder) ?? "")
    ? textOf(holder.arguments[0])
    : undefined;
}

const isLogName = byName((name) => {
  const words = wordsOf(name).filter(
    (word) => !/^(?:models?|repository|repo|collection|table)$/u.test(word),
  );
  return (
    /^logs?$/u.test(words.at(-1) ?? "") && words.slice(0, -1).every((word) => ABOUT.test(word))
  );
});

/** What a log is about that nobody signs in by. */
const ABOUT =
  /^(?:error|audit|debug|event|app|application|system|server|api|access|activity|request|http|exception|action)$/u;
