import type { TSESTree } from "@typescript-eslint/utils";
import { analyze } from "../analysis/analysis.ts";
import { bypassOf } from "../analysis/failures/bypass.ts";
import type { Bypass } from "../analysis/failures/bypass.ts";
import { passedRefusals } from "../analysis/failures/named-verifiers.ts";
import { unheldGuards, unheldRefusals } from "../analysis/guards/unheld-refusals.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { enclosingFunction } from "../analysis/syntax.ts";
import type { FunctionNode, Node } from "../analysis/syntax.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { oncePerNode } from "./kit/once.ts";
import { openWays } from "./kit/open-ways.ts";
import type { OpenWay } from "./kit/open-ways.ts";

type MessageIds =
  | "droppedPromise"
  | "promiseAsResult"
  | "wrappedPromise"
  | "errorIgnored"
  | "errorCrashes"
  | "errorFallsThrough"
  | "catchSucceeds"
  | "textAsResult"
  | "errorAsResult"
  | "errorAsClaims"
  | "catchFallsThrough"
  | "answerFallsThrough"
  | "refusalFallsThrough"
  | "passesBeside"
  | "passesMeanwhile"
  | "catchDecodes"
  | "requestInstead"
  | "noKey"
  | "resultDropped"
  | "objectAsVerdict"
  | "claimsWithoutVerdict"
  | "signatureLeftOut"
  | "untestedFalse"
  | "writtenToken"
  | "skippedAllows"
  | "otherFormPasses"
  | "checkedIfKnown"
  | "letInBefore"
  | OpenWay["messageId"]
  | "addAwait"
  | "addReturn";

const MESSAGES: Readonly<Record<Bypass["kind"], MessageIds>> = {
  "dropped-promise": "droppedPromise",
  "promise-as-result": "promiseAsResult",
  "wrapped-promise": "wrappedPromise",
  "error-ignored": "errorIgnored",
  "error-crashes": "errorCrashes",
  "error-falls-through": "errorFallsThrough",
  "catch-succeeds": "catchSucceeds",
  "text-as-result": "textAsResult",
  "error-as-result": "errorAsResult",
  "error-as-claims": "errorAsClaims",
  "catch-falls-through": "catchFallsThrough",
  "answer-falls-through": "answerFallsThrough",
  "passes-beside": "passesBeside",
  "passes-meanwhile": "passesMeanwhile",
  "catch-decodes": "catchDecodes",
  "request-instead": "requestInstead",
  "no-key": "noKey",
  "result-dropped": "resultDropped",
  "object-as-verdict": "objectAsVerdict",
  "claims-without-verdict": "claimsWithoutVerdict",
  "signature-left-out": "signatureLeftOut",
  "untested-false": "untestedFalse",
  "written-token": "writtenToken",
  "skipped-allows": "skippedAllows",
  "other-form-passes": "otherFormPasses",
  "checked-if-known": "checkedIfKnown",
  "let-in-before": "letInBefore",
};

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-unchecked-verification",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow verifications whose failure stops nothing",
      group: "verification",
      recommended: "recommended",
      messages: {
        droppedPromise: "critical",
        promiseAsResult: "critical",
        wrappedPromise: "critical",
        errorIgnored: "high",
        errorCrashes: "medium",
        errorFallsThrough: "high",
        catchSucceeds: "critical",
        textAsResult: "medium",
        errorAsResult: "medium",
        errorAsClaims: "medium",
        catchFallsThrough: "high",
        answerFallsThrough: "high",
        refusalFallsThrough: "high",
        passesBeside: "critical",
        passesMeanwhile: "critical",
        catchDecodes: "critical",
        requestInstead: "critical",
        requestWithoutToken: "critical",
        markedWithoutToken: "critical",
        noKey: "critical",
        resultDropped: "critical",
        objectAsVerdict: "critical",
        claimsWithoutVerdict: "critical",
        signatureLeftOut: "critical",
        untestedFalse: "high",
        writtenToken: "critical",
        skippedAllows: "critical",
        otherFormPasses: "critical",
        checkedIfKnown: "high",
        letInBefore: "critical",
        openGuard: "critical",
        openAuthorizer: "critical",
        presenceOnly: "critical",
        presenceAnswered: "high",
        constantIdentity: "critical",
        userUntested: "critical",
        openPrefix: "critical",
        saidPasses: "critical",
        searchedAddress: "critical",
        lateGuard: "high",
        errorSkipsGuard: "high",
        socketStays: "high",
        thrownAtConnection: "high",
        exceptionReturned: "high",
        allExempted: "critical",
        methodExempted: "high",
        roleNotAsked: "high",
        addAwait: "critical",
        addReturn: "high",
      },
      cwe: ["CWE-347", "CWE-252", "CWE-390", "CWE-636"],
      rfc: ["RFC 7519 section 7.2", "RFC 8725 section 3.1"],
      inTests: "off",
      gate: "token",
    },
    hasSuggestions: true,
    messages: {
      droppedPromise:
        "{{name}} gives a promise that nobody waits for, so the code goes on before a forged token is refused. Await it.",
      promiseAsResult:
        "{{name}} gives a promise, which is truthy and has no claims, so a forged token passes here. Await it.",
      wrappedPromise:
        "This gives a promise, which is truthy and has no claims whatever {{name}} finds, so a forged token passes here. Await it.",
      errorIgnored:
        "The error of {{name}} is never looked at, so the code goes on when the token is forged or expired. Return when it is set.",
      errorCrashes:
        "The error of {{name}} is never looked at: where a token is refused there are no claims, and the callback throws instead of answering. Return when it is set.",
      errorFallsThrough:
        "The code behind the error of {{name}} runs all the same when the token is forged or expired. Return when the error is set.",
      catchSucceeds:
        "A token that {{name}} refuses is let through here. Answer with 401 or throw the error again.",
      textAsResult:
        "Where {{name}} refuses the token, this text takes the place of the claims, and it is as true as they are, so whoever only asks whether there is a result lets forged tokens pass. Throw the error, or return null.",
      errorAsResult:
        "Where {{name}} refuses the token, this error takes the place of the claims, and it is as true as they are, so whoever only asks whether there is a result lets forged tokens pass. Throw it, or return null.",
      errorAsClaims:
        "Where {{name}} refuses the token, this takes the place of the claims, and nobody asks which of the two it is, so the code goes on with claims that are undefined. Throw the error, or return null.",
      catchFallsThrough:
        "The code goes on behind this catch when {{name}} refuses the token. Answer with 401 or throw the error again.",
      answerFallsThrough:
        "The request has been answered when {{name}} refuses the token, and what stands behind runs all the same. Return after the answer.",
      refusalFallsThrough:
        "The request is refused here, and nothing leaves the function, so what stands behind runs all the same. Return with the refusal.",
      passesBeside:
        "Only the callback ends when {{name}} refuses the token, and this lets the token pass all the same. Decide in the callback: go on from there, or settle a promise that the function returns.",
      passesMeanwhile:
        "Nobody waits for the promise of {{name}}, so this lets the token pass before it is verified. Go on from then() alone, or await the promise.",
      catchDecodes:
        "A token that {{name}} refuses is read here without a verification, so forged tokens pass. Refuse the token.",
      requestInstead:
        "Where {{name}} refuses the token, this value of the request takes the place of what the token says, so anybody can be anyone. Refuse the request.",
      markedWithoutToken:
        "Where no token comes, this says that somebody has signed in, as it does for a token that {{name}} has verified, so everybody may come in. Refuse the request there, or leave this out.",
      requestWithoutToken:
        "Where no token comes, {{name}} is not called, and this value of the request takes the place of what the token says, so anybody can be anyone. Refuse the request.",
      noKey:
        "{{name}} is given no key, and {{library}} {{version}} then accepts tokens without a real signature. Pass the key that tokens are signed with.",
      resultDropped:
        "{{name}} does not throw when the token is forged: it says so in its result, which nobody looks at. Refuse the request when the result says that it failed.",
      objectAsVerdict:
        "{{name}} gives an object whatever it thinks of the token, so a forged one passes this test. Test {{verdict}} of the result.",
      claimsWithoutVerdict:
        "{{name}} gives the claims of a forged token, too, and nobody looks at {{verdict}} here. Refuse the request when it says that the verification failed.",
      signatureLeftOut:
        "With this value {{name}} checks no signature, so anybody can write a token that passes. Take it out, or put here what the library reads in its place.",
      untestedFalse:
        "{{name}} gives false when the token is forged or expired, and false has no claims, so the code goes on with undefined. Refuse the request when the result is false.",
      skippedAllows:
        "Requests without a token are allowed here, for {{name}} is not called for them. Refuse them before.",
      otherFormPasses:
        "A header that is there and does not begin with Bearer passes here, and {{name}} is not called for it. Refuse it with 401, as the missing one is.",
      checkedIfKnown:
        "Whoever has no token that {{name}} accepts is not asked here whose this is, so he gets what somebody with a good token is refused. Refuse who is not known as well.",
      letInBefore:
        "Every request is let in here, so {{name}} behind it never runs, and nobody needs a token. Take this out.",
      openGuard:
        "This guard lets every request in, with or without a token. Verify the token here, or call the guard that it is made of with super.canActivate(context).",
      openAuthorizer:
        "Every request is allowed here, with or without a token, since nothing verifies one before. Verify the token, and answer with Deny where that fails.",
      presenceOnly:
        "{{guard}} lets in whoever brings any token, since nothing in it verifies one. Verify the token with its key before this.",
      presenceAnswered:
        "This tells whoever brings any token that he is signed in, since nothing verifies it. Verify the token with its key before this.",
      constantIdentity:
        "Whoever asks is taken for one and the same user here, whatever token he brings, since nothing verifies it. Verify the token with its key, and take the user from its claims.",
      userUntested:
        "{{guard}} goes on whatever passport says here, which is false for a user whose token is missing, forged or expired, so nobody needs one. Refuse the request where there is no user.",
      lateGuard:
        "Nothing that comes behind this guard is for its path, and the route in line {{line}} answers before it, so it verifies no token there. Give it to {{router}} before the routes.",
      errorSkipsGuard:
        "An error in front of {{name}}, as that of a body that nobody can read, keeps it from being called, and this goes on without the error, so the routes behind it run without a token. Hand the error on with next(err), or answer it.",
      socketStays:
        "Whoever connects without a token stays connected here, {{name}} is not called for him, and nothing behind asks who he is. Disconnect him.",
      thrownAtConnection:
        "Nobody takes what handleConnection throws: the error ends the process for everybody, or the client stays connected. Catch it, and call disconnect() of the client.",
      exceptionReturned:
        "The exception is given back and not thrown, and an object is true, so whoever should be refused here passes. Throw it.",
      allExempted:
        "Every request fits this, and unless() needs no more, so {{guard}} is called for none. Name the paths that are open.",
      methodExempted:
        "Every {{method}} request passes {{guard}} here, wherever it goes, also to what is mounted in line {{line}}. Name the paths that are open in place of the method.",
      roleNotAsked:
        "{{guard}} does the same as {{other}}, so whoever is signed in passes as an administrator. Ask for the role, in the claims or in the record of the user, before this goes on.",
      openPrefix:
        "Every path begins with this one, so {{name}} is called for no request. Compare it as a whole, or take it off the list.",
      saidPasses:
        "Whoever sends {{what}} passes here without a verification, and anybody can. Take this way out, or ask for a token on it as well.",
      searchedAddress:
        "{{address}} holds the query as well, so whoever puts what is searched for into that passes here, wherever the request goes, and {{name}} is not called for it. Ask for the path alone, from its beginning.",
      writtenToken:
        "Whoever sends this text passes without a token that {{name}} has verified, and everybody who can read the code can send it. Take it out, and sign a token where one is needed.",
      addAwait: "Await {{name}}.",
      addReturn: "Return here.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const { core, operations } = analysis;
        const isNew = oncePerNode();
        const passing = new Set<FunctionNode | undefined>();
        for (const operation of operations) {
          const bypass = bypassOf(core, operation, operations);
          // One text, or one answer, may stand beside two verifications of the token.
          if (bypass !== undefined && SHARED.has(bypass.kind) && !isNew(bypass.node)) continue;
          if (bypass !== undefined) passing.add(enclosingFunction(bypass.node));
          if (bypass !== undefined) report(operation, bypass);
          else
            for (const node of unheldRefusals(core, operation, operations))
              if (isNew(node)) reportUnheld(node);
        }
        for (const node of unheldGuards(core)) {
          // Where a failure passes anyway, the way is named by which it does.
          if (!passing.has(enclosingFunction(node)) && isNew(node)) reportUnheld(node);
        }
        for (const { kind, node, name } of passedRefusals(core, operations))
          if (!passing.has(enclosingFunction(node)) && isNew(node))
            context.report({ node, messageId: MESSAGES[kind], data: { name } });
        for (const { node, messageId, data = {} } of openWays(analysis, passing))
          if (isNew(node)) context.report({ node, messageId, data });
      },
    };

    function reportUnheld(node: TSESTree.ExpressionStatement): void {
      const { parent } = node;
      const isLast = parent.type !== "BlockStatement" || parent.body.at(-1) === node;
      context.report({
        node,
        messageId: "refusalFallsThrough",
        suggest: isLast
          ? [
              {
                messageId: "addReturn",
                fix: (fixer) => fixer.insertTextBefore(node, "return "),
              },
            ]
          : [],
      });
    }

    function report(operation: Operation, { kind, node }: Bypass): void {
      const { name, library, version } = operation;
      const isPromise = kind === "dropped-promise" || kind === "promise-as-result";
      context.report({
        node: isPromise ? operation.node : node,
        messageId: MESSAGES[kind],
        data: dataFor(),
        suggest:
          isPromise && mayAwait(operation.node)
            ? [
                {
                  messageId: "addAwait",
                  data: { name },
                  fix: (fixer) => fixer.insertTextBefore(operation.node, "await "),
                },
              ]
            : [],
      });

      function dataFor(): Record<string, string> {
        if (kind === "no-key") return { name, library: library.name, version };
        const [verdict] = operation.entity.verdict?.members ?? [];
        const namesVerdict = kind === "object-as-verdict" || kind === "claims-without-verdict";
        return namesVerdict && verdict !== undefined ? { name, verdict } : { name };
      }
    }
  },
});

const SHARED: ReadonlySet<Bypass["kind"]> = new Set([
  "written-token",
  "answer-falls-through",
  "passes-meanwhile",
  "let-in-before",
]);

/**
 * `await` may stand in async functions and at the top of a module; before `.x` it needs brackets, and what a function
 * returns is a promise all the same.
 */
function mayAwait(node: Node): boolean {
  const owner = enclosingFunction(node);
  const by = node.parent?.type ?? "";
  return !/^(?:Member|ArrowFunction|Await)Expression$|^Return/u.test(by) && owner?.async === true;
}

export default rule;
