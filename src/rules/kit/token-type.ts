import type { Core } from "../../analysis/core.ts";
import type { Operation } from "../../analysis/operations/operations.ts";
import { propertyOf } from "../../analysis/values/members.ts";
import { map, possibilities, stringOf } from "../../analysis/values/value.ts";

/**
 * The `typ` that a token is given in its header, such as `dpop+jwt`, without `application/`:
 * standards for one purpose say by it which claims a token has (RFC 8725 section 3.11).
 */
export function tokenTypes(core: Core, operation: Operation): string[] {
  return operation.settings("header").flatMap((setting) => {
    const typ = map(setting.value, (header) => propertyOf(core, header, "typ", setting.node));
    return possibilities(typ).flatMap((one) => {
      const text = stringOf(one);
      return text === undefined ? [] : [text.toLowerCase().replace(/^application\//u, "")];
    });
  });
}
