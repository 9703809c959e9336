import type { Analysis } from "../analysis.ts";
import { isCommandLine } from "../command-line.ts";
import { calleeName, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { PUBLISHED, publicVariable } from "../values/published.ts";
import { headerWrites } from "./headers.ts";
import { keptUnder } from "./labelled.ts";
import { isOfOtherTrade, isTokenLabel } from "./words.ts";

export interface PublishedToken {
  /** What the token is used as. */
  readonly value: Node;
  readonly variable: string;
}

/**
 * `headers: { Authorization: `Bearer ${import.meta.env.VITE_AUTH_TOKEN}` }`, `storage.setItem("token",
 * process.env.REACT_APP_JWT)`: the token of somebody's session, by the name of the variable and by what is done with it,
 * is part of the page. Tokens of services that a page may have (maps, shops, analytics) are called after those, and a
 * variable may as well hold the name under which a token is kept.
 */
export function publishedTokens(analysis: Analysis): PublishedToken[] {
  const { file } = analysis;
  // A script of a server may share the settings of its pages.
  if (!MARKED.test(file.code) || isOfOtherTrade(file) || isCommandLine(file)) return [];
  if (file.code.includes("process.exit(")) return [];
  const sent = headerWrites(analysis).map(({ value }) => value);
  return [
    ...sent.flatMap((value) => publishedIn(analysis, value, OF_SESSION)),
    ...[...keptUnder(analysis, isTokenLabel), ...keptOfExtension(analysis)].flatMap((value) =>
      publishedIn(analysis, value, OF_SESSION_OR_ACCESS),
    ),
  ];
}

/** A marked name whose last word is a token's; asked before anything is evaluated. */
const MARKED =
  /(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|NUXT_ENV|GATSBY|VUE_APP|NX_PUBLIC)_\w*(?:TOKEN|JWT)\b/u;

/** What a server gives to whoever signs in; an access token may be that of a service, which the page may have. */
const OF_SESSION =
  /^(?:(?:TEMP|DEFAULT|MY|API|APP)_)*(?:(?:USER|ADMIN|AUTH|JWT|SESSION|REFRESH)_?)+(?:TOKEN|JWT)$|^(?:(?:TEMP|DEFAULT|MY|API|APP)_)*JWT$/u;

const OF_SESSION_OR_ACCESS = new RegExp(String.raw`${OF_SESSION.source}|^ACCESS_TOKEN$`, "u");

function publishedIn(analysis: Analysis, value: Node, isOurs: RegExp): PublishedToken[] {
  const variable = publicVariable(analysis.evaluate(value));
  return variable !== undefined && isOurs.test(variable.replace(PUBLISHED, ""))
    ? [{ value: unwrap(value), variable }]
    : [];
}

/** `token` of `chrome.storage.local.set({ token })` */
function keptOfExtension({ file }: Analysis): Node[] {
  return (file.index.called.get("set") ?? []).flatMap((call) => {
    const [given] = call.arguments;
    if (!EXTENSION.test(calleeName(call)) || given?.type !== "ObjectExpression") return [];
    return given.properties.flatMap((one) =>
      one.type === "Property" && isTokenLabel(staticKey(one.key, one.computed) ?? "")
        ? [one.value]
        : [],
    );
  });
}

const EXTENSION = /^(?:chrome|browser)\.storage\.(?:local|sync|session)\.set$/u;
