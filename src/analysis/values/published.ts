import { possibilities } from "./value.ts";
import type { Value } from "./value.ts";

/** What of the surroundings of a build becomes part of the code that browsers download. */

/** Names with which bundlers take a variable of the environment into the code. */
export const PUBLISHED =
  /^(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|NUXT_ENV|GATSBY|VUE_APP|NX_PUBLIC)_/u;

/** Modules whose members are part of what is delivered; `@env` is the one of react-native-dotenv (3.4.11). */
const DELIVERED =
  /^(?:\$env\/(?:static|dynamic)\/public|astro:env\/client|react-native-config|react-native-dotenv|@env|expo-constants)$/u;

export const SECRET_NAME = /SECRET|PRIVATE/iu;

/** The variable by which a value reaches browsers, or undefined. */
export function publicVariable(value: Value): string | undefined {
  if (value.type === "template") {
    return value.parts.flatMap((part) => publicVariable(part) ?? [])[0];
  }
  if (value.type === "choice") {
    return possibilities(value).flatMap((one) => publicVariable(one) ?? [])[0];
  }
  if (value.type === "module") {
    return DELIVERED.test(value.specifier) ? (value.path.at(-1) ?? value.specifier) : undefined;
  }
  if (value.type !== "environment" || value.name === undefined) return undefined;
  const { name, source } = value;
  // `PUBLIC_` marks them in SvelteKit and Astro, and a public key elsewhere.
  const isMarked =
    PUBLISHED.test(name) ||
    (name.startsWith("PUBLIC_") && source === "import.meta") ||
    (source === "config" && name.startsWith("public.") && SECRET_NAME.test(name));
  return isMarked ? name : undefined;
}
