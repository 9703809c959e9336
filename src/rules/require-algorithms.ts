import { analyze } from "../analysis/analysis.ts";
import type { Analysis } from "../analysis/analysis.ts";
import { ALGORITHMS_OF, keyTypeOf } from "../analysis/key-types.ts";
import { keyMaterials } from "../analysis/keys.ts";
import { isKeyResolver } from "../analysis/operations.ts";
import type { Operation } from "../analysis/operations.ts";
import { possibilities, stringOf } from "../analysis/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { addOption, quotedList, replaceWith } from "./kit/edits.ts";
import { listed, placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

interface Option {
  readonly typedKeys?: boolean;
}
type Finding = "unlistedByText" | "unlisted" | "unlistedKnownKey" | "unlistedTypedKey";
type MessageIds = Finding | "addAlgorithms";

const rule: JwtRule = createRule<[Option], MessageIds>({
  name: "require-algorithms",
  meta: {
    type: "problem",
    docs: {
      description: "Require a list of accepted algorithms wherever tokens are verified",
      group: "algorithms",
      recommended: "recommended",
      messages: {
        unlistedByText: "high",
        unlisted: "medium",
        unlistedKnownKey: "low",
        unlistedTypedKey: "policy",
        addAlgorithms: "medium",
      },
      cwe: ["CWE-347", "CWE-757"],
      rfc: ["RFC 8725 section 3.1"],
      inTests: "off",
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      unlistedByText:
        "Without a list of algorithms, {{library}} {{version}} takes those that the text of the key suggests, and unsigned tokens where the key is missing. Add the algorithms that tokens are signed with.{{origin}}",
      unlisted:
        "Without a list, {{name}} accepts every algorithm that fits the key. Add the algorithms that tokens are signed with.{{origin}}",
      unlistedKnownKey:
        "Without a list, {{name}} accepts {{algorithms}} alike. Add the algorithms that tokens are signed with.{{origin}}",
      unlistedTypedKey:
        "Without a list, {{name}} accepts every algorithm that fits the type of the key. Add the algorithms that tokens are signed with.{{origin}}",
      addAlgorithms: "Add `{{option}}`.",
    },
    schema: [
      {
        type: "object",
        properties: {
          typedKeys: {
            type: "boolean",
            description:
              "Also report verifications whose key has a type, such as a KeyObject, an imported key, a key set or, for jose, any key.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ typedKeys: false }],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const { sourceCode } = context;
        const [{ typedKeys = false } = {}] = context.options;
        const isNew = oncePerNode();
        for (const operation of analysis.operations) check(operation);

        function check(operation: Operation): void {
          if (!isUnlisted(operation)) return;
          const messageId = findingOf(analysis, operation);
          if (messageId === "unlistedTypedKey" && !typedKeys) return;
          const state = operation.option("algorithms");
          const written = state.state === "absent" ? state.written?.node : undefined;
          const effect = operation.node.callee;
          const { node, origin } = placeOf(analysis, written ?? effect, effect, context.cwd);
          if (!isNew(node)) return;

          const edit = (names: readonly string[]) => {
            const list = quotedList(sourceCode, names);
            if (written === undefined) return addOption(sourceCode, operation, `algorithms: ${list}`);
            const isPlain = written.type === "Property" && !written.shorthand && origin === "";
            return isPlain ? replaceWith(written.value, list) : undefined;
          };
          const same = equalList(analysis, operation);
          const fix = same === undefined || !isInline(operation) ? undefined : edit(same);
          const { library, name, version } = operation;
          context.report({
            node,
            messageId,
            data: {
              name,
              origin,
              library: library.name,
              version,
              algorithms: listed(acceptedBy(analysis, operation) ?? []),
            },
            // The list names what is accepted already: the same tokens pass.
            ...(fix === undefined || written !== undefined ? {} : { fix }),
            suggest: choicesFor(analysis, operation).flatMap((algorithm) => {
              const suggestion = edit([algorithm]);
              const option = `algorithms: ${quotedList(sourceCode, [algorithm])}`;
              return suggestion === undefined
                ? []
                : [{ messageId: "addAlgorithms" as const, data: { option }, fix: suggestion }];
            }),
          });
        }
      },
    };
  },
});

/** Certainly without a list. A list under a name that is not read is no-ineffective-option's. */
function isUnlisted(operation: Operation): boolean {
  const { entity, ignored, kind } = operation;
  if (kind !== "verify" && kind !== "middleware" && kind !== "strategy") return false;
  const { algorithms } = entity.checks ?? {};
  if (algorithms !== "by-key" && algorithms !== "by-header") return false;
  return (
    operation.option("algorithms").state === "absent" &&
    !ignored.some(({ role }) => role === "algorithms")
  );
}

function findingOf(analysis: Analysis, operation: Operation): Finding {
  const { checks } = operation.entity;
  if (acceptedBy(analysis, operation) !== undefined && checks?.confusion !== "bytes-only") return "unlistedKnownKey";
  if (hasTypedKey(analysis, operation)) return "unlistedTypedKey";
  const isByText = checks?.confusion === "always" || checks?.none === "when-no-key";
  return isByText || checks?.algorithms === "by-header" ? "unlistedByText" : "unlisted";
}

/** The type of the key decides, not its text: the library takes no text, or is given a key object. */
function hasTypedKey({ core }: Analysis, { entity, key }: Operation): boolean {
  if (entity.checks?.confusion === "bytes-only") return true;
  const materials = key === undefined ? [] : keyMaterials(core, key.value);
  return materials.length > 0 && materials.every(({ typed }) => typed);
}

/** Every algorithm that the key fits, where its type is certain. */
function acceptedBy({ core }: Analysis, { entity, key }: Operation): readonly string[] | undefined {
  if (key === undefined) return undefined;
  const type = keyTypeOf(core, key.value, entity.checks?.confusion !== "bytes-only");
  return type === undefined ? undefined : ALGORITHMS_OF[type];
}

/** Releases of which it was shown by running them that the full list accepts the same tokens. */
function equalList(analysis: Analysis, operation: Operation): readonly string[] | undefined {
  const { key, library, version } = operation;
  const major = Number.parseInt(version, 10);
  if (key === undefined || isKeyResolver(key)) return undefined;
  if (library.name === "jsonwebtoken") {
    return major === 8 || major === 9 ? acceptedBy(analysis, operation) : undefined;
  }
  if (library.name !== "jose" || major < 4 || major > 6 || operation.path === "JWT.verify") return undefined;
  const bound = boundAlgorithm(operation);
  if (bound !== undefined) return major === 6 ? [bound] : undefined;
  return acceptedBy(analysis, operation) === ALGORITHMS_OF.secret ? ALGORITHMS_OF.secret : undefined;
}

/** The algorithm that `importSPKI(pem, "RS256")` binds the key to. */
function boundAlgorithm({ key }: Operation): string | undefined {
  const [only, ...others] = key === undefined ? [] : possibilities(key.value);
  if (only?.type !== "key" || others.length > 0 || only.algorithm === undefined) return undefined;
  return stringOf(only.algorithm);
}

/** An object that other calls may share is changed by hand only. */
function isInline({ options }: Operation): boolean {
  return options === undefined || options.node.type === "ObjectExpression";
}

/** One for each kind of key that it may be. */
function choicesFor(analysis: Analysis, operation: Operation): readonly string[] {
  const bound = boundAlgorithm(operation);
  if (bound !== undefined) return [bound];
  const [first] = acceptedBy(analysis, operation) ?? [];
  if (first !== undefined) return [first];
  const { key } = operation;
  const kinds = new Set(key === undefined ? [] : keyMaterials(analysis.core, key.value).map(({ kind }) => kind));
  const isPublic = kinds.size > 0 && [...kinds].every((kind) => kind !== undefined && kind !== "secret");
  return isPublic ? ["RS256", "ES256"] : ["HS256", "RS256"];
}

export default rule;
