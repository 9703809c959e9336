import type { Analysis } from "../analysis.ts";
import { calledName, named } from "../files/source-file.ts";
import { usesOf } from "../flow/flow.ts";
import { byName, byObject } from "../memo.ts";
import {
  boundName,
  dottedPath,
  enclosingFunction,
  functionName,
  memberName,
  parentOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { finished } from "../values/call-chains.ts";
import { givenTo } from "../values/given.ts";
import { issuing } from "./handmade-claims.ts";
import { handmadeKey, keyOperation } from "./handmade-keys.ts";
import { isKeyedHash } from "./keyed-hashes.ts";
import type { Operation } from "./operations.ts";
import { CALCULATORS, MACS, SIGNERS, isFullStop, isOfTwoParts, purposeOf } from "./token-parts.ts";

/** A signature over `header.payload` that is made without a library. */
export interface HandmadeSignature {
  readonly kind: "signs" | "verifies";
  /** The call that makes the signature. */
  readonly node: CallNode;
  /** It is a hash of text and secret, and no MAC. */
  readonly isHash: boolean;
  /** A comparison that stops at the first difference, and so tells how far a guess was right. */
  readonly comparison: Node | undefined;
  /**
   * What is done with the key. It is none of the operations of the file: nothing can be said about
   * what it leaves out.
   */
  readonly operation: Operation | undefined;
  /** The same with the claims that are signed, where they are in sight. */
  readonly issuing: Operation | undefined;
}

/** The tokens that the program signs, by a library or by hand. */
export function signedTokens(analysis: Analysis): readonly Operation[] {
  const byHand = handmadeSignatures(analysis).flatMap(({ issuing: one }) => one ?? []);
  return byHand.length === 0 ? analysis.operations : [...analysis.operations, ...byHand];
}

/** Most files that speak of tokens sign nothing. */
const SIGNS =
  /[hH][mM]ac|createHash|createSign|createVerify|subtle|\.(?:sign|verify)\(|[sS]ign\w*\(|S(?:HA)?256\(/u;

export const handmadeSignatures = byObject((analysis: Analysis): readonly HandmadeSignature[] => {
  if (!SIGNS.test(analysis.file.text)) return [];
  return named(analysis.file.index.called, maySign).flatMap((call) => {
    const { text, maker, isOwn = false } = signedText(analysis, call) ?? {};
    if (text === undefined) return [];
    const purpose = purposeOf(analysis, text);
    if (purpose === undefined || (isOwn && purpose !== "signs")) return [];
    const kind = checks(maker ?? call) ? "verifies" : purpose;
    const isHash = maker !== undefined && isKeyedHash(analysis.core, maker);
    if (isHash && !isCalledSignature(call)) return [];
    const key = isOwn ? undefined : handmadeKey(analysis, call, maker, text);
    const operation =
      key && keyOperation(analysis, call, kind === "signs" ? "sign" : "verify", key);
    return [
      {
        kind,
        node: call,
        isHash,
        comparison: kind === "verifies" ? comparisonOf(analysis, call) : undefined,
        operation,
        issuing:
          operation !== undefined && kind === "signs"
            ? issuing(analysis, operation, text)
            : undefined,
      },
    ];
  });
});

const maySign = byName(
  (name) =>
    CALCULATORS.test(name) || SIGNERS.test(name) || /^(?:verify|update|Hmac\w+)$/u.test(name),
);

interface Signed {
  readonly text: Node | undefined;
  /** The call that made what is told the text. */
  readonly maker?: CallNode;
  /** A function of the program's own, in another file, signs it. */
  readonly isOwn?: true;
}

/**
 * `const signature = createHash("sha256").update(text + SECRET).digest("hex")`, `return …` of `sign(text)`: a hash of parts of
 * a token and of something secret is the key of a cache and of a list of revoked tokens as well.
 */
function isCalledSignature(call: CallNode): boolean {
  let holder = parentOf(call);
  while (holder !== undefined && /^(?:Member|Call)Expression$/u.test(holder.type))
    holder = parentOf(wrapped(holder));
  // `text + "." + createHash(…)`: it is the part behind the text.
  if (/^(?:BinaryExpression|TemplateLiteral|ArrayExpression)$/u.test(holder?.type ?? ""))
    return true;
  const bound = holder === undefined ? undefined : boundName(holder);
  const owner = enclosingFunction(call);
  const name = bound ?? (owner === undefined ? "" : (functionName(owner) ?? ""));
  return /sig(?:n|$|nature)|mac$|expected|checksum|digest|verif|token$/iu.test(name);
}

/** `subtle.verify(…)`, `createVerify(…)`: whatever the text is made of, the signature is there. */
function checks(call: CallNode): boolean {
  return /verify$/iu.test(calledName(call) ?? "");
}

/** What a call signs: of `createHmac(…).update(text)` the text. */
function signedText(analysis: Analysis, call: CallNode): Signed | undefined {
  const callee = unwrap(call.callee);
  const path = dottedPath(callee)?.join(".");
  if (callee.type === "MemberExpression" && memberName(callee) === "update") {
    const maker = calculator(analysis, callee.object);
    if (maker !== undefined) return { text: call.arguments[0], maker };
  }
  if (path !== undefined && CALCULATORS.test(path)) {
    // What a function of the file does is looked at where it does it.
    if (analysis.evaluate(callee).type === "function") return undefined;
    return { text: call.arguments.find((argument) => isOfTwoParts(analysis, argument)) };
  }
  if (!isOwnSigner(analysis, callee, path)) return undefined;
  const text = call.arguments.find((argument) => isOfTwoParts(analysis, argument));
  return { text, isOwn: true };
}

/** `signRs256(key, text)` of another file: what signs there does not see what the text is. */
function isOwnSigner(analysis: Analysis, callee: Node, path: string | undefined): boolean {
  if (path === undefined || !SIGNERS.test(path.replace(/^.*\./u, ""))) return false;
  const target = analysis.evaluate(callee);
  return target.type !== "function" || analysis.fileOf(target.node) !== analysis.file;
}

/** `createHmac(…)`, in place or in a variable. */
function calculator(analysis: Analysis, object: Node): CallNode | undefined {
  const node = unwrap(object);
  const [maker = node] = node.type === "Identifier" ? givenTo(analysis.core, node) : [];
  if (maker.type !== "CallExpression") return undefined;
  const isMaker =
    MACS.test(dottedPath(maker.callee)?.at(-1) ?? "") || isKeyedHash(analysis.core, maker);
  return isMaker ? maker : undefined;
}

/** Where the signature is compared with `===` or `!==`. */
function comparisonOf(analysis: Analysis, call: CallNode): Node | undefined {
  const use = usesOf(analysis.core, finished(call)).find(
    ({ kind, by }) =>
      kind === "compare" &&
      by.type === "BinaryExpression" &&
      /^[!=]==?$/u.test(by.operator) &&
      !isLength(by),
  );
  return use?.by;
}

/** The texts that the signature ends, behind a full stop: the tokens. */
export function handmadeTokens(analysis: Analysis): Node[] {
  return handmadeSignatures(analysis).flatMap(({ kind, node }) => {
    if (kind !== "signs") return [];
    const uses = usesOf(analysis.core, finished(node));
    return uses.flatMap((use) => (use.kind === "text" && endsWith(use.by, use.node) ? use.by : []));
  });
}

function endsWith(text: Node, signature: Node): boolean {
  if (text.type === "BinaryExpression") {
    const { left, right } = text;
    return right === signature && left.type === "BinaryExpression" && isFullStop(left.right);
  }
  return (
    text.type === "TemplateLiteral" &&
    text.expressions.at(-1) === signature &&
    text.quasis.at(-2)?.value.raw === "." &&
    text.quasis.at(-1)?.value.raw === ""
  );
}

function isLength(node: Extract<Node, { type: "BinaryExpression" }>): boolean {
  return [node.left, node.right].some(
    (side) => side.type === "MemberExpression" && memberName(side) === "length",
  );
}
