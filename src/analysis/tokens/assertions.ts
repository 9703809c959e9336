import type { Analysis } from "../analysis.ts";
import { calledName } from "../files/source-file.ts";
import { isLogged } from "../logging.ts";
import { byName } from "../memo.ts";
import { memberName, staticKey, textOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";
import { sameAs } from "./same.ts";
import { makerName } from "./words.ts";

/**
 * Tokens that authenticate a client at a token endpoint, or are exchanged there for another (RFC 7521 section 4, RFC
 * 7523 section 2): `{ client_assertion: signed }`, `form.append("client_assertion", signed)`, and what is sent as the
 * `assertion` of such a grant. Of what else is called an assertion (WebAuthn, tests) nothing is said.
 */
export function sentAssertions(analysis: Analysis): readonly Node[] {
  const { code, index } = analysis.file;
  if (!/assertion/iu.test(code)) return [];
  const isGrant = OF_GRANT.test(code);
  const isSent = (name: string | undefined): boolean =>
    name === "client_assertion" || (isGrant && name === "assertion");
  const inObjects = index.objects.flatMap((object) =>
    object.properties.flatMap((one) =>
      one.type === "Property" && isSent(staticKey(one.key, one.computed)) && !isLogged(object)
        ? [unwrap(one.value)]
        : [],
    ),
  );
  const inForms = ["append", "set"]
    .flatMap((method) => index.called.get(method) ?? [])
    .flatMap(({ arguments: [name, value] }) =>
      value !== undefined && isSent(textOf(name)) ? [unwrap(value)] : [],
    );
  return [...inObjects, ...inForms].flatMap((value) => {
    if (value.type === "CallExpression") return isSigned(calledName(value) ?? "") ? [value] : [];
    // What is there of one, `made ? "present" : "missing"`, `made.length`
    const isWhole =
      value.type === "Identifier" ||
      (value.type === "MemberExpression" && memberName(value) !== "length");
    return isWhole ? sameAs(analysis, value) : [];
  });
}

/** `jwt.sign`, `makeAssertion`, `createClientToken`; `fingerprint(made)` and `count("private_key_jwt")` give something else. */
const isSigned = byName((name) => {
  const [verb = "", ...rest] = wordsOf(name);
  return (
    verb === "sign" ||
    makerName(name) !== undefined ||
    (/^(?:make|create|build|generate|get|issue|mint)$/u.test(verb) && rest.at(-1) === "assertion")
  );
});

const OF_GRANT = /grant-type:(?:jwt|saml2)-bearer/u;

/** What nobody calls so who means something else. */
export const isAssertionName = byName((name) =>
  /^(?:signed_?)?client_?assertion(?:_?jwt)?$/iu.test(name),
);
