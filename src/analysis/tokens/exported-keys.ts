import type { Analysis } from "../analysis.ts";
import { memberName, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { may } from "../values/value.ts";
import type { KeyValue } from "../values/value.ts";
import { sameAs } from "./same.ts";

/**
 * Which calls write the secret part of a key down? A key object that is printed shows its type, and what it
 * is written as shows the key: `await exportPKCS8(privateKey)`, `pair.toPEM(true)`.
 */

/** Functions of jose that take a key object. */
const FUNCTIONS = ["exportPKCS8", "exportJWK"];

/** Methods of node-jose, which leave the secret part out unless they are told otherwise (2.2.0). */
const METHODS = ["toPEM", "toJSON"];

/** What an expression that holds a key object is written as, anywhere in the file. */
export function exportsOf(analysis: Analysis, key: Node): Node[] {
  if (!may(analysis.evaluate(key), (value) => value.type === "key" && isSecretPart(value)))
    return [];
  return sameAs(analysis, key).flatMap((read) => {
    const outer = wrapped(read);
    const parent = parentOf(outer);
    const isReceiver = parent?.type === "MemberExpression" && parent.object === outer;
    const call = isReceiver ? parentOf(wrapped(parent)) : parent;
    return call?.type === "CallExpression" && holderIn(call, "export") === unwrap(read)
      ? [call]
      : [];
  });
}

/** What keys are written as that a library for JWTs takes, and that are made or imported to sign with. */
export function keysWritten(analysis: Analysis): Node[] {
  const { called } = analysis.file.index;
  const calls = [...FUNCTIONS, ...METHODS].flatMap((name) => called.get(name) ?? []);
  return calls.filter((call) => {
    const holder = holderIn(call);
    return (
      holder !== undefined &&
      may(
        analysis.evaluate(holder),
        (value) => value.type === "key" && isSecretPart(value) && isForSigning(analysis, value),
      )
    );
  });
}

/** The key object of which a call writes the secret part. */
function holderIn(call: CallNode, method?: string): Node | undefined {
  const callee = unwrap(call.callee);
  const [first] = call.arguments;
  const isMember = callee.type === "MemberExpression";
  const name = isMember ? memberName(callee) : callee.type === "Identifier" ? callee.name : "";
  if (first !== undefined && FUNCTIONS.includes(name ?? "")) return unwrap(first);
  if (!isMember) return undefined;
  const isAsked = METHODS.includes(name ?? "") && first?.type === "Literal" && first.value === true;
  return isAsked || name === method ? unwrap(callee.object) : undefined;
}

/** What is made new is secret; of what is imported the kind has to say so. */
function isSecretPart({ kind, of }: KeyValue): boolean {
  return kind === "private" || kind === "secret" || (kind === undefined && of === undefined);
}

/** Not `createKey("RSA", 2048, { use: "enc" })`, `generateKeyPair("ECDH-ES")`: what decrypts makes no tokens. */
function isForSigning(analysis: Analysis, { node }: KeyValue): boolean {
  const given = analysis.fileOf(node).text.slice(...node.range);
  return !/["'`](?:enc|RSA-OAEP|RSA1_5|ECDH|A\d{3}|AES|PBES2|dir)/u.test(given);
}
