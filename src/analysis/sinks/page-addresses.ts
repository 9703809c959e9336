import type { Analysis } from "../analysis.ts";
import { isClientFile } from "../client.ts";
import { named } from "../files/source-file.ts";
import { byName } from "../memo.ts";
import { staticKey, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { headerValues } from "../tokens/headers.ts";
import { keptTokens, labelledTokens } from "../tokens/labelled.ts";
import { isAboutSigningIn, isTokenLabel, tokenName } from "../tokens/words.ts";
import { isForLink } from "./mailed.ts";
import { isQueryRead, parameterName } from "./query-reads.ts";
import { queryReads } from "./query-tokens.ts";

/**
 * Where a page takes the token that signs somebody in from its own address, which its history, its logs
 * and the next page's referrer keep: `session.setToken(new URLSearchParams(location.search).get("token"))`.
 */
export function takenFromAddress(analysis: Analysis): Node[] {
  const { text } = analysis.file;
  // The link of a mail leads there with what it carries.
  if (!/[sS]earchParams|query(?:Params|ParamMap)/u.test(text) || isForLink(text)) return [];
  const used = [
    ...labelledTokens(analysis),
    ...keptTokens(analysis),
    ...headerValues(analysis),
    ...signedInBy(analysis),
  ];
  return [...used.flatMap((value) => queryReads(analysis, value)), ...namedReads(analysis)].filter(
    (read) => !isBesideFragment(analysis, read),
  );
}

/** `params.get("access_token")`: the name of the parameter says it, whatever is done with it. */
function namedReads(analysis: Analysis): Node[] {
  if (!isClientFile(analysis.file)) return [];
  return (analysis.file.index.called.get("get") ?? []).filter((call) => {
    const name = parameterName(call);
    return (
      name !== undefined && tokenName(name) === "strong" && isQueryRead(analysis, unwrap(call))
    );
  });
}

/**
 * `hashParams.get("access_token") ?? params.get("access_token")`: providers put it behind `#`, which
 * reaches no server.
 */
function isBesideFragment({ file }: Analysis, read: Node): boolean {
  let whole = wrapped(read);
  while (whole.parent?.type === "LogicalExpression") whole = wrapped(whole.parent);
  return /hash|fragment/iu.test(file.text.slice(...whole.range));
}

/** Functions that are given what somebody signs in with, or that keep it for the page. */
const takesToken = byName((name) =>
  /^(?:(?:handle|do|set|save)?_?(?:log_?in|sign_?in|authenticate|credentials|session|auth(?:_?(?:data|state|info|user))?)(?:_?with_?(?:token|jwt))?|(?:set|save|store|update|handle)\w*tokens?|postMessage)$/iu.test(
    name,
  ),
);

/** `login(token)`, `login({ accessToken })`, `opener.postMessage({ type, token }, origin)` */
function signedInBy({ file }: Analysis): Node[] {
  if (!isAboutSigningIn(file.text)) return [];
  return named(file.index.called, takesToken).flatMap((call) =>
    call.arguments.flatMap((argument) => {
      const given = unwrap(argument);
      if (given.type !== "ObjectExpression") return [given];
      return given.properties.flatMap((property) =>
        property.type === "Property" &&
        isTokenLabel(staticKey(property.key, property.computed) ?? "")
          ? [unwrap(property.value)]
          : [],
      );
    }),
  );
}
