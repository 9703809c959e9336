import type { JSONSchema4 } from "@typescript-eslint/utils/json-schema";
import type { RuleContext, RuleListener } from "@typescript-eslint/utils/ts-eslint";
import type { Rule } from "eslint";
import { isWorthAsking } from "../../analysis/analysis.ts";
import { packageVersion } from "../../package-info.ts";
import type { JwtRule, RuleDocs } from "../../types.ts";

const DOCS_FOLDER = `https://github.com/eslint-plugin-jwt-audit/eslint-plugin-jwt-audit/blob/v${packageVersion}/docs/rules`;

/** What the author of a rule writes. */
export interface RuleDefinition<Options extends readonly unknown[], MessageIds extends string> {
  readonly name: string;
  readonly meta: {
    readonly type: "problem" | "suggestion";
    readonly docs: Omit<RuleDocs<MessageIds>, "url">;
    readonly messages: Readonly<Record<MessageIds, string>>;
    readonly schema: readonly JSONSchema4[];
    readonly defaultOptions?: Options;
    readonly fixable?: "code";
    readonly hasSuggestions?: true;
  };
  /** Called only for files that name something the rule is about. */
  readonly create: (context: Readonly<RuleContext<MessageIds, Options>>) => RuleListener;
}

/** Adds to a rule the address of its page and the gate, so that most files cost one look-up. */
export function createRule<Options extends readonly unknown[], MessageIds extends string>({
  name,
  meta,
  create,
}: RuleDefinition<Options, MessageIds>): JwtRule {
  const gate = meta.docs.gate ?? "jwt";

  const rule = {
    meta: { ...meta, docs: { ...meta.docs, url: `${DOCS_FOLDER}/${name}.md` } },
    create(context: Rule.RuleContext): RuleListener {
      const { sourceCode } = context;
      // Files of other languages (JSON, Markdown, CSS) have no scopes.
      if (!isJavaScript(sourceCode)) return {};
      if (!isWorthAsking(context, gate)) return {};
      return create(context as unknown as RuleContext<MessageIds, Options>);
    },
  };

  // The only cast between the nodes of typescript-eslint, which rules see, and those of ESLint.
  return rule as unknown as JwtRule;
}

/** The type says that there always is a scope manager; other languages have none. */
function isJavaScript(sourceCode: { readonly scopeManager?: unknown }): boolean {
  return sourceCode.scopeManager != null;
}
