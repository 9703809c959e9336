import type { Analysis } from "../analysis.ts";
import { staticKey } from "../syntax.ts";
import { propertyOf } from "../values/members.ts";
import { must, truthiness } from "../values/value.ts";
import { flagsOf } from "./cookies.ts";
import type { CookieWrite } from "./cookies.ts";

/**
 * The cookie in which Auth.js keeps a session: next-auth 4.24 and @auth/core 0.41 give it both flags
 * where the site has an https address. `useSecureCookies: false` takes `Secure` away for good, and what
 * `cookies.sessionToken.options` says holds.
 */
export function authJsCookies({ core, file }: Analysis): CookieWrite[] {
  if (!/next-auth|@auth\//u.test(file.text)) return [];
  const found: CookieWrite[] = [];
  for (const property of file.index.objects.flatMap(({ properties }) => properties)) {
    if (property.type !== "Property") continue;
    const name = staticKey(property.key, property.computed);
    const cookie = { node: property, name: undefined, value: undefined, holdsToken: true } as const;
    if (name === "useSecureCookies") {
      const isOff = must(core.evaluate(property.value), (one) => truthiness(one) === false);
      const secure = isOff ? "off" : "unknown";
      found.push({ ...cookie, setter: name, httpOnly: "on", secure });
    } else if (name === "sessionToken") {
      const options = propertyOf(core, core.evaluate(property.value), "options", property);
      const flags = flagsOf(core, options, { defaults: { httpOnly: true, secure: true } });
      found.push({ ...cookie, setter: `cookies.${name}`, ...flags });
    }
  }
  return found;
}
