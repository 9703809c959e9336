import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import { calleeName, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { may } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/**
 * Is a key a password that people type? By its name, `ADMIN_PASSWORD`, or because the program compares
 * with it what somebody has typed. What is only called so (`JWT_PASSWORD`) may be a key.
 */
export function isPassword(analysis: Analysis, value: Value): boolean {
  const of = value.type === "bytes" ? value.of : value;
  if (of.type !== "environment" || of.name === undefined) return false;
  const { name } = of;
  const isCalledSo = /(?:^|_)PASS(?:WORD|WD|PHRASE)?$/iu.test(name) && !KEY.test(name);
  return isCalledSo || isComparedWithTyped(analysis, name);
}

const KEY = /JWT|TOKEN|SECRET|SESSION|COOKIE|SIGN|KEY|AUTH/iu;

/** What a form or a request calls what somebody types. */
const TYPED = /^(?:\w*(?:password|passwd|passphrase|passcode)|pwd|pass|pin)$/iu;

/** `if (password !== process.env.ADMIN_SECRET)`, `timingSafeEqual(Buffer.from(password), …)` */
function isComparedWithTyped({ core, file }: Analysis, variable: string): boolean {
  return comparedWithTyped(file).some((node) =>
    may(core.evaluate(node), (one) => one.type === "environment" && one.name === variable),
  );
}

/** What a file compares with what somebody has typed: asked for at each key. */
const comparedWithTyped = byObject(({ index }: SourceFile): readonly Node[] =>
  named(index.names, (name) => TYPED.test(name)).flatMap((typed) =>
    besideIn(typed).map(withoutBytes),
  ),
);

/** What an expression is compared with. */
function besideIn(typed: Node): readonly Node[] {
  const { parent } = typed;
  // `req.body.password`, not `password.length`.
  const isMember = parent?.type === "MemberExpression" && parent.property === typed;
  const inner = wrapped(isMember ? parent : typed);
  const made = parentOf(inner);
  const isBytes = made?.type === "CallExpression" && BYTES.test(calleeName(made));
  const whole = isBytes ? wrapped(made) : inner;
  const by = parentOf(whole);
  if (by?.type === "BinaryExpression" && /^[!=]==?$/u.test(by.operator))
    return [by.left === whole ? by.right : by.left];
  if (by?.type === "CallExpression" && /(?:^|\.)timingSafeEqual$/u.test(calleeName(by)))
    return by.arguments.filter((one) => one !== whole);
  return [];
}

const BYTES = /(?:^|\.)(?:from|encode|String)$/u;

function withoutBytes(written: Node): Node {
  const node = unwrap(written);
  if (node.type !== "CallExpression" || !BYTES.test(calleeName(node))) return node;
  return node.arguments[0] ?? node;
}
