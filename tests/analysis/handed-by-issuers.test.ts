import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Tokens that a library has verified, or has just got from the issuer, each next to one that comes from elsewhere. */

const TOKEN = "«jwtDecode(token)»";

const identity = (code: string, line = "1"): ReturnType<typeof marked> =>
  marked(code, { messageId: "identity", data: { name: "jwtDecode", line } });

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const guard = (taken: string, decoded = TOKEN): string =>
  `import jwtDecode from "jwt-decode"; export default (req, res, next) => { ${taken} req.user = ${decoded}; next(); };`;

const renewed = (call: string, decoded: string): string =>
  `import jwtDecode from "jwt-decode"; export const renew = (req, res, next) => { const person = new CognitoUser({ Username: req.body.name, Pool: pool }); ${call.replace("BODY", `{ req.user = «jwtDecode(${decoded})»; next(); }`)} };`;

const strategy = (
  made: string,
  parameters: string,
  token = "idToken",
  from = "passport-apple",
): string =>
  `import jwtDecode from "jwt-decode"; import ${made.replace("new ", "")} from "${from}"; ${made}(options, (${parameters}) => { done(null, «jwtDecode(${token})»); });`;

const nest = (base: string, parameters: string, from = "passport-apple"): string =>
  `import { PassportStrategy } from "@nestjs/passport"; import jwtDecode from "jwt-decode"; import { Strategy } from "${from}"; export class SignIn extends ${base} { validate(${parameters}) { const claims = «jwtDecode(idToken)»; return { id: claims.sub }; } }`;

const APPLE = 'PassportStrategy(Strategy, "apple")';

testRule("no-unverified-claims: handed by issuers", rule, {
  valid: [
    // keycloak-connect has verified these.
    guard("const { token } = req.kauth.grant.access_token;"),
    guard("const { kauth: { grant } } = req; const { token } = grant.id_token;"),
    guard("", "jwtDecode(req.kauth.grant.access_token.token)"),
    guard("const grant = request.kauth.grant; const token = grant.access_token;"),
    guard("const { token } = req.auth;"),
    // Cognito has just answered.
    renewed(
      "person.refreshSession(old, (err, session) => BODY);",
      "session.getIdToken().getJwtToken()",
    ),
    renewed(
      "person.refreshSession(old, function (err, session) BODY);",
      "session.idToken.jwtToken",
    ),
    renewed(
      "person.authenticateUser(details, { onSuccess: (result) => BODY, onFailure: next });",
      "result.getIdToken().getJwtToken()",
    ),
    renewed(
      "person.authenticateUser(details, { onSuccess(result) BODY, onFailure: next });",
      "result.getAccessToken().getJwtToken()",
    ),
    renewed(
      "person.refreshSession(old, (err, session) => { const token = session.getIdToken(); const text = token.getJwtToken(); req.user = jwtDecode(text); });",
      "",
    ),
    // A strategy has exchanged a code for it.
    strategy("new AppleStrategy", "req, accessToken, refreshToken, idToken, profile, done"),
    strategy("new Strategy", "_accessToken, _refreshToken, idToken, _, done"),
    strategy(
      "new OAuth2Strategy",
      "accessToken, refreshToken, params, profile, done",
      "params.id_token",
    ),
    nest(APPLE, "req, accessToken, refreshToken, idToken"),
    nest(APPLE, "accessToken, refreshToken, idToken, profile"),
  ].map(plain),
  invalid: [
    ...[
      guard("const { token } = req.kauth.grant.refresh_token;"),
      guard("const { token } = req.kauth.asked;"),
      guard("req.kauth = { grant: req.body }; const { token } = req.kauth.grant.access_token;"),
      guard("const { token } = req.query;"),
      renewed(
        "person.refreshSession(old, (session) => BODY);",
        "session.getIdToken().getJwtToken()",
      ),
      renewed("person.refreshSession(old, (err, session) => BODY);", "req.body.idToken.jwtToken"),
      renewed("person.refreshSession(old, (err, session) => BODY);", "session.name"),
      renewed("person.restore(old, (err, session) => BODY);", "session.getIdToken().getJwtToken()"),
      renewed(
        "person.restore(details, { onSuccess: (result) => BODY, onFailure: next });",
        "result.getIdToken().getJwtToken()",
      ),
      renewed(
        "person.authenticateUser(details, { onFailure: (result) => BODY });",
        "result.getIdToken().getJwtToken()",
      ),
      strategy(
        "new AppleTokenStrategy",
        "accessToken, refreshToken, idToken, profile, done",
        "idToken",
        "passport-apple-token",
      ),
      strategy("new Strategy", "idToken, profile, done"),
      strategy("new BodyStrategy", "accessToken, refreshToken, idToken, done", "idToken", "./body"),
      guard("const { kauth } = req.body; const { token } = kauth.grant.access_token;"),
      guard("const { token } = socket.kauth.grant.access_token;"),
      strategy("new Strategy", "accessToken, other, idToken, profile, done"),
      strategy("new OAuth2Strategy", "accessToken, refreshToken, params, done", "params.id"),
    ].map((code) => identity(code)),
    ...[
      nest(APPLE, "req, idToken"),
      nest(APPLE, "accessToken, refreshToken, idToken", "passport-apple-token"),
      nest(APPLE, "accessToken, refreshToken, idToken", "./strategy"),
      nest("Base", "accessToken, refreshToken, idToken"),
      nest(APPLE, "accessToken, refreshToken, idToken").replace("validate", "authenticate"),
    ].map((code) =>
      marked(code, {
        messageId: "verifier",
        data: {
          name: "jwtDecode",
          function: code.includes("authenticate(") ? "authenticate" : "validate",
        },
      }),
    ),
  ],
});
