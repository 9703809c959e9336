import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isLookUp } from "../data/data-access.ts";
import { initOf, objectAt } from "../files/variables.ts";
import { wholeRecord } from "../payloads/records.ts";
import { isSureSecret } from "../payloads/sensitive-names.ts";
import { rootOf, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { signedTokens } from "./signed-tokens.ts";

/** A secret that is told to what makes a token. */
export interface ToldSecret {
  /** The property of what it is told. */
  readonly node: Node;
  readonly name: string;
  /** What makes the token, by its name. */
  readonly maker: string;
}

/**
 * `generateToken({ id: user.id, password: user.password })` of a file out of sight: by its name the function makes a token of what
 * it is told. What is stored of somebody it need not compare, unlike the password that he sends: `createToken({ email, password })`.
 */
export function toldSecrets(analysis: Analysis): ToldSecret[] {
  const { core, file } = analysis;
  return signedTokens(analysis).flatMap(({ node, name, isByName = false }) => {
    const told = isByName ? objectAt(file, node.arguments[0]) : undefined;
    return (told?.properties ?? []).flatMap((one) => {
      const key = one.type === "Property" ? staticKey(one.key, one.computed) : undefined;
      return one.type === "Property" &&
        key !== undefined &&
        isSureSecret(key) &&
        isOfRecord(core, one.value)
        ? [{ node: one, name: key, maker: name }]
        : [];
    });
  });
}

/** What is read is not what is stored where it is called so. */
const SENT = /form|body|input|credential|dto|values|payload|request|args|params/iu;

/** `member.password` of `const member = await Member.findOne({ login })` */
function isOfRecord(core: Core, written: Node): boolean {
  const value = unwrap(written);
  const root = value.type === "MemberExpression" ? rootOf(value) : value;
  if (value === root || root.type !== "Identifier" || SENT.test(root.name)) return false;
  const init = initOf(core.fileOf(root), root);
  const call = init === undefined ? undefined : unwrap(init);
  return (
    (call?.type === "CallExpression" && isLookUp(core, call)) ||
    wholeRecord(core, root) !== undefined
  );
}
