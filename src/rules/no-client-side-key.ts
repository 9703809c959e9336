import { analyze } from "../analysis/analysis.ts";
import type { Analysis } from "../analysis/analysis.ts";
import {
  importsOf,
  isClientFile,
  isComponentFile,
  isServerFile,
  runsOnServer,
} from "../analysis/client.ts";
import { named as membersNamed } from "../analysis/files/source-file.ts";
import { isPublic } from "../analysis/keys/keys.ts";
import type { KeyMaterial } from "../analysis/keys/keys.ts";
import { isOfPageScript } from "../analysis/keys/page-keys.ts";
import { byName } from "../analysis/memo.ts";
import { dottedPath, rootOf, staticKey } from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import { keyName } from "../analysis/tokens/words.ts";
import { isForDevelopment } from "../analysis/trust/environments.ts";
import { truthiness } from "../analysis/values/value.ts";
import type { Value } from "../analysis/values/value.ts";
import { PUBLISHED, SECRET_NAME, publicVariable } from "../analysis/values/published.ts";
import { publishedTokens } from "../analysis/tokens/published.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { keyUses, mayBeHmac } from "./kit/key-uses.ts";
import type { KeyUse } from "./kit/key-uses.ts";
import { named, placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds =
  "publicVariable" | "publicKey" | "publicToken" | "browserKey" | "publicClientSecret";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-client-side-key",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow secret keys in code and variables that browsers download",
      group: "keys",
      recommended: "recommended",
      messages: {
        publicVariable: "critical",
        publicKey: "critical",
        publicToken: "high",
        browserKey: "critical",
        publicClientSecret: "high",
      },
      cwe: ["CWE-522", "CWE-200"],
      rfc: ["RFC 8725 section 3.5", "RFC 7515 section 10.3", "RFC 6749 section 10.1"],
      gate: "token",
      inTests: "off",
    },
    messages: {
      publicVariable:
        "{{variable}} becomes part of the code that browsers download, so every visitor can read the key of {{name}} and forge tokens. Use a variable that stays on the server, and replace the key.{{origin}}",
      publicKey:
        "{{variable}} becomes part of the code that browsers download, so every visitor can read the key in it and forge tokens. Use a variable that stays on the server, and replace the key.",
      publicToken:
        "{{variable}} becomes part of the code that browsers download, so every visitor has the token in it. Ask for a token when somebody signs in, and revoke this one.",
      browserKey:
        "{{name}} uses a secret key in code that runs in the browser, so every visitor can read the key and forge tokens. Move this to the server, and replace the key.{{origin}}",
      publicClientSecret:
        "{{variable}} becomes part of the code that browsers download, so every visitor can read the client secret and act as this program. Use a variable that stays on the server, and replace the secret.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const isFirst = oncePerNode();
        /** One finding for each variable, where it does the most harm. */
        const reported = new Set<string>();
        const isComponent = isComponentFile(analysis.file);
        for (const use of keyUses(analysis)) {
          const inBrowser = isClientFile(analysis.file) && !runsOnServer(use.node);
          for (const material of use.materials) {
            if (!isSecret(use, material)) continue;
            const variable = publicVariable(material.value);
            const isOfPage = inBrowser && isOfPageScript(analysis.core, use.node);
            const isBrought = isOfPage || (inBrowser && isShipped(material.value, isComponent));
            if (variable === undefined && !isBrought) continue;
            // An import is where the variable is named, not where it does harm.
            const isNamed = isOfPage || material.value.type === "module";
            const cause = isNamed ? use.node : material.value.node;
            const { node, origin } = placeOf(analysis, cause, use.node, context.cwd);
            if (!isFirst(node)) continue;
            const name = named(use.name);
            if (variable === undefined)
              context.report({ node, messageId: "browserKey", data: { name, origin } });
            else {
              reported.add(variable);
              const data = { name, origin, variable: named(variable) };
              context.report({ node, messageId: "publicVariable", data });
            }
          }
        }
        // Whatever it is used for: its name says that it is a key, and that everybody gets it.
        for (const { value, variable } of publicKeys(analysis)) {
          if (isFirst(value))
            context.report({
              node: value,
              messageId: "publicKey",
              data: { variable: named(variable) },
            });
        }
        for (const { value, variable } of publishedTokens(analysis)) {
          if (isServerFile(analysis.file) || isForDevelopment(analysis.core, value)) continue;
          if (isFirst(value))
            context.report({
              node: value,
              messageId: "publicToken",
              data: { variable: named(variable) },
            });
        }
        for (const { value, variable } of clientSecrets(analysis)) {
          if (!isFirst(value) || reported.has(variable)) continue;
          reported.add(variable);
          const data = { variable: named(variable) };
          context.report({ node: value, messageId: "publicClientSecret", data });
        }
      },
    };
  },
});

/**
 * What a provider knows a program by (RFC 6749 section 2.3.1), by the option that is given it or by its own name:
 * `clientSecret: process.env.NEXT_PUBLIC_GOOGLE_SECRET`, `import.meta.env.VITE_ZOOM_SDK_SECRET`.
 */
function clientSecrets(analysis: Analysis): { value: Node; variable: string }[] {
  const { file } = analysis;
  const options = file.index.objects.flatMap(({ properties }) =>
    properties.flatMap((property) => {
      if (property.type !== "Property") return [];
      const key = staticKey(property.key, property.computed) ?? "";
      return /^client_?secret$/iu.test(key) ? [property.value] : [];
    }),
  );
  const read = isServerFile(file) ? [] : membersNamed(file.index.membersNamed, isClientSecret);
  const found = [...options, ...read].flatMap((value) => {
    const variable = publicVariable(analysis.evaluate(value));
    return variable === undefined ? [] : [{ value, variable }];
  });
  return [...found, ...angularSecrets(analysis)];
}

/**
 * `environment.clientSecret`: the module of settings that the Angular CLI replaces for each build is part of what
 * browsers download. A server of the same workspace has one of its own.
 */
function angularSecrets(analysis: Analysis): { value: Node; variable: string }[] {
  const { core, file } = analysis;
  const isOfPage = importsOf(file).some((one) => /^@angular\/(?!ssr)/u.test(one));
  if (!isOfPage || isServerFile(file)) return [];
  return membersNamed(file.index.membersNamed, (name) => /^client_?secret$/iu.test(name)).flatMap(
    (value) => {
      const path = dottedPath(value);
      const [imported] = file.variableOf(rootOf(value))?.defs ?? [];
      const declaration = imported?.parent;
      const isSetting =
        declaration?.type === "ImportDeclaration" && ENVIRONMENT.test(declaration.source.value);
      // An empty one, in a file that is in sight, gives nothing away.
      const isEmpty = truthiness(core.evaluate(value)) === false;
      return isSetting && path !== undefined && !isEmpty
        ? [{ value, variable: path.join(".") }]
        : [];
    },
  );
}

/** `../environments/environment`, `src/environments/environment.prod`, `@env/environment` */
const ENVIRONMENT = /(?:^|[/@])env(?:ironments?)?\/environment(?:\.\w+)?$/u;

const isClientSecret = byName(
  (name) => PUBLISHED.test(name) && /(?:CLIENT|SDK|APP|CONSUMER)_?SECRET(?:_KEY)?$/iu.test(name),
);

/** `import.meta.env.VITE_JWT_SECRET` */
function publicKeys(analysis: Analysis): { value: Node; variable: string }[] {
  return membersNamed(analysis.file.index.membersNamed, isPublicKey).flatMap((value) => {
    const variable = publicVariable(analysis.evaluate(value));
    return variable === undefined || isServerFile(analysis.file) ? [] : [{ value, variable }];
  });
}

const isPublicKey = byName(
  (name) => PUBLISHED.test(name) && SECRET_NAME.test(name) && keyName(name.replace(PUBLISHED, "")),
);

/** Whoever has it can make tokens. */
function isSecret(use: KeyUse, material: KeyMaterial): boolean {
  const { operation } = use;
  if (isPublic(material) || material.kind === "set") return false;
  if (material.kind === "private" || material.kind === "secret") return true;
  if (operation === undefined || operation.kind === "key-set") return false;
  if (operation.kind === "sign" || operation.kind === "module") return true;
  if (use.isPublicPosition || !mayBeHmac(use)) return false;
  // Where texts are no keys, bytes are an HMAC secret; elsewhere the algorithm tells, or the name of the variable.
  const isBytes =
    operation.entity.checks?.confusion === "bytes-only" &&
    !material.typed &&
    material.encodings.length > 0;
  const { value } = material;
  return (
    isBytes ||
    use.algorithms.length > 0 ||
    (value.type === "environment" && SECRET_NAME.test(value.name ?? "")) ||
    (value.type === "module" && SECRET_NAME.test(value.path.at(-1) ?? ""))
  );
}

/**
 * Is the value delivered with the code of a client file? What the user types in, what a server
 * sends and what the browser generates is not. A variable without a public name is not either, and
 * yet a component has no other way to sign.
 */
function isShipped(value: Value, isComponent: boolean): boolean {
  if (value.type === "literal") return typeof value.value === "string" && value.value !== "";
  if (value.type === "template")
    return value.parts.some((part) => part.type === "environment" && isShipped(part, isComponent));
  return value.type === "environment" && (isComponent || value.source === "import.meta");
}

export default rule;
