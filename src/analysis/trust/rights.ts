import { byName } from "../memo.ts";
import { wordsOf } from "../words.ts";

/** Which claims say what somebody may do? */

const WORDS =
  /^(?:admins?|administrators?|superadmins?|superusers?|staff|roles?|rol|rolle|ruolo|roleid|rolename|perm\w*|scopes?|groups?|privileges?|authorit(?:y|ies)|rights|isadmin|isstaff)$/u;

/** What is only about them: `roleChangedAt`, `permissions_version`. */
const BESIDE =
  /^(?:expir\w*|exp|at|on|date|time|changed?|updated|assigned|version|count|hash|description|label|icon|color|url|by|note|request\w*)$/u;

/**
 * `role`, `user_role`, `isSuperAdmin`, `app_permissions`: claims are named by those who sign them, with
 * words of their own before that.
 */
export const saysRights = byName((name): boolean => {
  const words = wordsOf(name);
  return words.some((word) => WORDS.test(word)) && !words.some((word) => BESIDE.test(word));
});
