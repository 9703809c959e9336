import { analyze } from "../analysis/analysis.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { functionName, isFunction } from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import { trustOf } from "../analysis/trust/trust.ts";
import type { Trust } from "../analysis/trust/trust.ts";
import { isByName } from "../analysis/values/named-decoders.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { named } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";
import { unproven } from "./kit/unproven.ts";
import type { Unproven } from "./kit/unproven.ts";
import { verifyEdit } from "./kit/verify-edit.ts";

type MessageIds =
  | "clientDecision"
  | "decision"
  | "identity"
  | "data"
  | "verifier"
  | Unproven["messageId"]
  | "verifyInstead";

/** The gravest first: one read of a token is one finding. */
const ORDER: readonly Trust["kind"][] = [
  "identity",
  "verifier",
  "data",
  "decision",
  "client-decision",
];

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-unverified-claims",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow decisions and identities taken from claims that were not verified",
      group: "verification",
      recommended: "recommended",
      messages: {
        clientDecision: "medium",
        decision: "high",
        identity: "critical",
        data: "high",
        verifier: "high",
        sentClaims: "high",
        refusedClaims: "critical",
        askedClaims: "critical",
        askedRights: "critical",
        askedIdentity: "critical",
        calledIdentity: "critical",
        fixedIdentity: "critical",
        shownLink: "critical",
        writtenProof: "critical",
        writtenPassword: "critical",
        otherAccount: "critical",
        decodedOnly: "critical",
        keylessDecode: "high",
        otherIdentity: "critical",
        keptHeader: "critical",
        unreadToken: "critical",
        unawaitedProof: "critical",
        unawaitedComparison: "critical",
        unreadProof: "critical",
        emptiedCode: "high",
        assignedChoice: "critical",
        openSignIn: "critical",
        askedUpdate: "high",
        verifyInstead: "high",
      },
      cwe: ["CWE-345", "CWE-347", "CWE-287"],
      rfc: ["RFC 7519 section 7.2", "RFC 8725 section 2.1"],
      gate: "token",
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      clientDecision:
        "{{name}} reads the token without checking its signature, and line {{line}} grants access by {{what}}, which the user can write. Let the server decide.",
      decision:
        "{{name}} reads the token without checking its signature, and line {{line}} decides by {{what}}, which anybody can write. Verify the token first.",
      identity:
        "{{name}} reads the token without checking its signature, and line {{line}} takes the identity from it, so anybody can be anyone. Verify the token first.",
      data: "{{name}} reads the token without checking its signature, and line {{line}} looks data up by {{what}}, which anybody can write. Verify the token first.",
      verifier:
        "{{function}} looks like a verification, but {{name}} checks no signature, so forged tokens pass. Verify the token with its key.",
      sentClaims:
        "{{name}} reads the token without checking its signature, and line {{line}} sends what it says to sign in, so the server can only believe it, and anybody can be anyone. Send the token, and verify it on the server.",
      refusedClaims:
        "{{name}} is what a refused token says, and line {{line}} takes it for true, so anybody can be anyone. Turn the request away instead.",
      askedClaims:
        "{{name}} signs what the request says as the claims of the token, so whoever asks can be anyone. Sign what the server has found out about who asks.",
      askedRights:
        "{{name}} signs what the request says its sender may ({{what}}), and nothing here looks at it, so whoever asks can be an administrator. Take it from the stored user, or set it here.",
      askedIdentity:
        "{{name}} signs a token for whomever the request names, and nothing here asks for a proof, so whoever asks can be anyone. Check a password or another proof first.",
      calledIdentity:
        'What "use server" exports anybody can call over the network, and here {{name}} signs a token for whomever it is told, so whoever calls it can be anyone. Move this function to a file without the directive, or check a proof in it.',
      fixedIdentity:
        "{{name}} signs a token for one and the same user, and nothing here asks for a proof, so whoever asks is that user. Check a password or another proof first.",
      shownLink:
        "{{name}} signs a token for whomever the request names, and the answer shows it, so whoever asks can be anyone. Send it to the address that belongs to the user, and nowhere else.",
      writtenProof:
        "{{name}} signs a token for whomever the request names, and all that is asked for is written in the code, so whoever reads it can be anyone. Ask for what belongs to the user, and compare it with what is stored.",
      writtenPassword:
        "The password for which {{signedBy}} signs a token is written in the code, so whoever reads it gets in. Compare with the hash of one that is kept elsewhere.",
      otherAccount:
        "{{name}} verifies a token, but line {{line}} sets the password of whomever the request names, so whoever has any such token takes over every account. Find the user by the verified claims.",
      decodedOnly:
        "{{name}} reads the token without checking its signature, nothing else asks for a proof, and line {{line}} sets a password all the same, so any token that somebody makes up will do. Verify the token first.",
      keylessDecode:
        "Where nobody has set {{key}}, {{name}} gives what the token says without checking its signature, in the place of claims that were verified, so anybody can be anyone. Refuse to run without the key.",
      otherIdentity:
        "{{name}} verifies a token, but nobody reads whose it is, and this value of the request says who asks, so whoever has any such token can be anyone. Take the identity from the verified claims.",
      keptHeader:
        "{{header}} is set only for good tokens, and goes on as the client has sent it without one, so anybody can be anyone. Delete it from the request first.",
      unreadToken:
        "{{function}} says whose the token is and never looks at it, so whatever is sent gets in. Verify the token with its key.",
      unawaitedProof:
        "Nobody waits for what {{name}} finds, and a promise is always truthy, so {{signedBy}} signs a token whatever was sent. Wait for the answer before it is asked.",
      unawaitedComparison:
        "Nobody waits for what {{name}} finds, and a promise is always truthy, so every password is right here. Wait for the answer before it is asked.",
      unreadProof:
        "{{name}} finds out whether the password is right, and nothing looks at what it says, so {{signedBy}} signs a token whatever the password is. Sign only where it says yes.",
      emptiedCode:
        "Once {{code}} was used it is empty, and whoever sends none is then taken for somebody who knows it, so {{signedBy}} signs a token for him. Refuse the request where there is no code.",
      assignedChoice:
        "This assigns instead of comparing, so it chooses the first entry and gives it the name that the request says, and {{signedBy}} signs a token for a name that was never looked up. Compare with ===.",
      openSignIn:
        "This says who has signed in, whatever was typed in, and nothing here asks for a proof, so whoever asks can be anyone. Check a password or another proof first.",
      askedUpdate:
        "The browser chooses this session when it calls update, and all of it becomes claims of the token, so users can give themselves any role. Take over single fields that they may change.",
      verifyInstead: "Replace {{from}} with {{to}}.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const isFirst = oncePerNode();
        for (const operation of analysis.operations) {
          if (operation.kind !== "decode") continue;
          const [gravest] = trustOf(analysis.core, operation, analysis.operations).toSorted(
            (a, b) =>
              ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
              a.use.node.range[0] - b.use.node.range[0],
          );
          if (gravest !== undefined && isFirst(operation.node)) report(operation, gravest);
        }
        for (const found of unproven(analysis)) if (isFirst(found.node)) context.report(found);
      },
    };

    function report(operation: Operation, trust: Trust): void {
      const { use, claim, kind } = trust;
      // Nobody has seen what such a function does.
      const name = isByName(operation) ? `${operation.name}, as its name says,` : operation.name;
      const edit = verifyEdit(context.sourceCode, operation);
      const line = String(use.node.loc.start.line);
      const what = claim === undefined ? "it" : `the claim ${named(claim)}`;
      context.report({
        node: operation.node,
        messageId: kind === "client-decision" ? "clientDecision" : kind,
        data:
          kind === "verifier"
            ? // In the middle of the sentence.
              { name: name.replace(/^This code$/u, "this code"), function: named(nameOf(use.by)) }
            : kind === "identity"
              ? { name, line }
              : { name, line, what },
        suggest:
          edit === undefined
            ? []
            : [
                {
                  messageId: "verifyInstead",
                  data: { from: edit.from, to: edit.to },
                  fix: edit.fix,
                },
              ],
      });
    }
  },
});

function nameOf(node: Node): string {
  return (isFunction(node) ? functionName(node) : undefined) ?? "This function";
}

export default rule;
