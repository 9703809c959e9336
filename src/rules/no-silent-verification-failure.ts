import { analyze } from "../analysis/analysis.ts";
import { tracelessFailures } from "../analysis/failures/failure-trace.ts";
import type { TracelessFailure } from "../analysis/failures/failure-trace.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds = "goesOn" | "givesNothing" | "unloggedAnswer";
type Options = [{ requireLog?: boolean }];

const MESSAGES: Readonly<Record<TracelessFailure["kind"], MessageIds>> = {
  "goes-on": "goesOn",
  "gives-nothing": "givesNothing",
  "unlogged-answer": "unloggedAnswer",
};

const rule: JwtRule = createRule<Options, MessageIds>({
  name: "no-silent-verification-failure",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow failed verifications that leave no trace",
      group: "verification",
      recommended: "strict",
      messages: { goesOn: "medium", givesNothing: "low", unloggedAnswer: "policy" },
      cwe: ["CWE-778", "CWE-390", "CWE-223"],
      rfc: ["RFC 7519 section 7.2"],
      inTests: "off",
    },
    messages: {
      goesOn:
        "A token that {{name}} refuses is treated like no token here, and nobody learns of it. Log the failure, or answer with 401.",
      givesNothing:
        "The reason why {{name}} refuses a token is lost here, so forged tokens leave no trace. Log the failure, or throw the error again.",
      unloggedAnswer:
        "A request whose token {{name}} refuses is turned down here without a log line. Log the failure, so that attacks can be seen.",
    },
    schema: [
      {
        type: "object",
        properties: {
          requireLog: {
            type: "boolean",
            description:
              "Whether to report failures that are answered, with 401 say, but not logged.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ requireLog: false }],
  },
  create(context) {
    const [{ requireLog = false } = {}] = context.options as Partial<Options>;
    return {
      Program() {
        const { core, operations } = analyze(context);
        const isNew = oncePerNode();
        for (const operation of operations) {
          for (const { kind, node } of tracelessFailures(core, operation, operations)) {
            if (kind === "unlogged-answer" && !requireLog) continue;
            if (!isNew(node)) continue;
            context.report({ node, messageId: MESSAGES[kind], data: { name: operation.name } });
          }
        }
      },
    };
  },
});

export default rule;
