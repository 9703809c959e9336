import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const strategy = (body: string, made = 'PassportStrategy(Strategy, "access")'): string =>
  `import { UnauthorizedException } from "@nestjs/common"; import { Strategy } from "passport-jwt"; export class AccessStrategy extends ${made} { constructor(members) { super({ secretOrKey: key, algorithms: ["HS256"] }); this.members = members; } async validate(payload) { const member = await this.members.findById(payload.id); ${body} return member; } }`;

const guard = (method: string, made = 'extends AuthGuard("jwt")'): string =>
  `import { UnauthorizedException } from "@nestjs/common"; import { JwtService } from "@nestjs/jwt"; export class AccessGuard ${made} { ${method} }`;

const RETURNED = "return «new UnauthorizedException()»;";

testRule("no-unchecked-verification, exceptions that are given back", rule, {
  valid: [
    strategy("if (!member) throw new UnauthorizedException();"),
    strategy("if (!member) return null;"),
    strategy("if (!member) return Promise.reject(new UnauthorizedException());"),
    strategy("if (!member) return new Guest();"),
    strategy(
      "const refuse = () => { return new UnauthorizedException(); }; if (!member) throw refuse();",
    ),
    // No strategy: whoever calls it may ask what it gives.
    strategy("if (!member) return new UnauthorizedException();", "Checks"),
    strategy("if (!member) return new UnauthorizedException();").replace("validate(", "explain("),
    guard("toError() { return new UnauthorizedException(); }"),
    guard("handleRequest(error, user) { return new UnauthorizedException(); }", "extends Base"),
    guard(
      "handleRequest(error, user) { if (!user) throw new UnauthorizedException(); return user; }",
    ),
  ],
  invalid: [
    strategy(`if (!member) { ${RETURNED} }`),
    strategy("if (member == null) return «new HttpError(401)»;"),
    strategy("if (!member) return «Promise.resolve(new UnauthorizedException())»;"),
    guard(`handleRequest(error, user) { if (!user) ${RETURNED} return user; }`),
    guard(
      `async canActivate(context) { if (!context.token) ${RETURNED} return super.canActivate(context); }`,
    ),
  ]
    .map((code) => marked(code, { messageId: "exceptionReturned", data: {} }))
    .concat(
      marked(
        guard(
          `canActivate(context) { const user = this.jwt.verify(context.token); if (user.level < 3) ${RETURNED} return true; }`,
          "implements CanActivate",
        ),
        { messageId: "exceptionReturned", data: {} },
        { ts: true },
      ),
    ),
});
