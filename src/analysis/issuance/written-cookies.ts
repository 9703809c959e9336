import type { Core } from "../core.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { calleeName, dottedPath, memberName, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/** Who is given a cookie is asked for none: which calls and reads of cookies only write them? */

/** `ctx.cookies.set("token", token)`, `(await cookies()).set(…)`, `cookieStore.delete("token")` */
export function writesCookie(core: Core, call: CallNode): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || !WRITES.test(memberName(callee) ?? "")) return false;
  const jar = unwrap(callee.object);
  const made = initOf(core.fileOf(jar), jar) ?? jar;
  return made.type === "CallExpression" ? isJar(made) : dottedPath(jar)?.at(-1) === "cookies";
}

const WRITES = /^(?:set|delete)$/u;

/** `cookies()` of Next.js */
function isJar(call: Node): boolean {
  return (
    call.type === "CallExpression" && calleeName(call) === "cookies" && call.arguments.length === 0
  );
}

/** `ctx.cookies` of `ctx.cookies.set(…)`, and `cookies()` of which nothing but such calls are made */
export function isJarWritten(core: Core, node: Node): boolean {
  if (node.type === "CallExpression" && !isJar(node)) return false;
  const holder = parentOf(wrapped(node));
  const isNamed = holder?.type === "VariableDeclarator" && holder.id.type === "Identifier";
  const reads = isNamed ? readsOf(core.fileOf(holder), holder.id) : [node];
  return reads.every((read) => {
    const member = parentOf(wrapped(read));
    return member?.type === "MemberExpression" && WRITES.test(memberName(member) ?? "");
  });
}
