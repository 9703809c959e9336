import type { TSESTree } from "@typescript-eslint/utils";
import { registeredAs } from "../files/settings-modules.ts";
import type { SourceFile } from "../files/source-file.ts";
import {
  boundName,
  enclosingFunction,
  isFunction,
  parentOf,
  staticKey,
  textOf,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";

/** Does a setting that is called no more than `secret` or `SEED` hold the key of tokens? */

/** What else a name may be about: `JWT_SECRET_NAME`, `jwtKeyVersion`. */
export const ABOUT = new Set(
  `name arn version label field column header prefix type kind size rotation property schema error
  message encoding encrypt encryption hash salt cache store storage redis`.split(/\s+/u),
);

/** `SEED` is what some courses call the key, beside the lifetime of their tokens; others have seeds as well. */
export function isSeed({ text }: SourceFile, name: string): boolean {
  return (
    name === "SEED" &&
    /\bjwt\b|jsonwebtoken|caducidad|expir\w*_?token|token_?(?:expir|ttl|life)/iu.test(text)
  );
}

/**
 * Are settings those of tokens: `jwt: { secret: "…" }`, `const jwtConstants = { secret: "…" }`, beside
 * `expiresIn`, or all that a module `auth.config.js` exports?
 */
export function isForTokens(file: SourceFile, settings: Node): boolean {
  if (settings.type !== "ObjectExpression") return false;
  const outer = parentOf(wrapped(settings));
  if (outer?.type === "Property") return /^jwt/iu.test(staticKey(outer.key, outer.computed) ?? "");
  const names = settings.properties.flatMap((one) =>
    one.type === "Property" ? (staticKey(one.key, one.computed) ?? []) : [],
  );
  if (names.some((name) => OF_OTHERS.test(name))) return false;
  const holder = outer === undefined ? undefined : holderName(outer);
  if (holder === undefined || wordsOf(holder).some(isAboutOthers)) return false;
  if (settings.properties.some(isLabel)) return false;
  const base = file.path?.replace(/^.*[\\/]/u, "").replace(/\.\w+$/u, "") ?? "";
  const isNamed = [holder, base].some((one) =>
    wordsOf(one).some((word) => /^(?:jwt|auth|authentication|tokens?)$/u.test(word)),
  );
  return (
    isNamed ||
    names.some((name) => /^(?:expires_?in|sign_?options|token_?\w+|jwt_?\w+)$/iu.test(name))
  );
}

/** What settings are called, also those that a function gives: `registerAs("jwt", () => ({ … }))`. */
function holderName(outer: Node): string | undefined {
  if (outer.type === "ExportDefaultDeclaration") return "default";
  const owner = outer.type === "ReturnStatement" ? enclosingFunction(outer) : outer;
  return isFunction(owner) ? (registeredAs(owner) ?? "default") : boundName(outer);
}

/** `tokenTypes`, `authHeaders`: names of things rather than settings. */
function isAboutOthers(word: string): boolean {
  return (
    ABOUT.has(word.replace(/s$/u, "")) || /^(?:roles?|routes?|paths?|events?|actions?)$/u.test(word)
  );
}

/** `login: "Log in to go on"`: texts for people, in one of their languages. */
function isLabel(property: TSESTree.ObjectLiteralElement): boolean {
  return property.type === "Property" && /\p{L}{2,} \p{L}/u.test(textOf(property.value) ?? "");
}

/** What stands beside a secret of a service, a session or a hook. */
const OF_OTHERS =
  /^(?:client|consumer|app|api|access_?key|account)(?:_?(?:id|key))?$|^(?:resave|save_?uninitialized|cookie|store|rolling|webhook\w*|callback\w*|redirect\w*|providers?|base_?ur[il]|end_?point|host|ur[il]|user_?name|password|bucket|region|public_?key)$/iu;
