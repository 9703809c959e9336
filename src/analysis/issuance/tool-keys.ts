import type { Core } from "../core.ts";
import { isStandInName } from "../files/stand-ins.ts";
import { isSaidByClient } from "../network/request.ts";
import type { Argument } from "../operations/arguments.ts";
import { dottedPath } from "../syntax.ts";
import { materials } from "../values/value.ts";

/**
 * Is a token signed with a key that opens nothing of the program: one that whoever asks brings along, as a page to try
 * tokens with does, or `process.env.SANDBOX_KEY`, `keys.mock`, which by its name is for what stands in for the real one, or
 * `process.env.RECEIPT_KEY`, which is for a thing that nobody signs in with?
 */
export function isOfTool(core: Core, key: Argument | undefined): boolean {
  if (key === undefined) return false;
  if (isSaidByClient(core, key.node)) return true;
  const values = materials(key.value);
  const names = values.map((one) =>
    one.type === "environment" ? (one.name ?? "") : (dottedPath(one.node)?.join(".") ?? ""),
  );
  return [...names.slice(0, 1), dottedPath(key.node)?.join(".") ?? ""].some(
    (name) => isStandInName(name) || OF_THINGS.test(name),
  );
}

/** In English, Spanish, French, German and Indonesian. */
const OF_THINGS =
  /receipt|recibo|beleg|invoice|download|descarga|share|partage|ticket|tiket|draft|borrador|survey|encuesta|poll_|captcha|coupon|voucher|badge|thumb|preview|export|upload|unsubscribe|embed/iu;
