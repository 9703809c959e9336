import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** A guard that counts requests verifies no token. */

const controller = (guards: string): string =>
  `import { JwtService } from "@nestjs/jwt";
@Controller("me")
@UseGuards(${guards})
export class Me {
  constructor(private jwt: JwtService) {}
  @Get()
  me(@Req() req) { req.user = «this.jwt.decode(req.headers.authorization)»; }
}`;

testRule("no-unverified-claims", rule, {
  valid: ["JwtAuthGuard", "RolesGuard", "ThrottlerGuard, JwtAuthGuard", 'AuthGuard("jwt")'].map(
    (guards) => ({ code: controller(guards).replaceAll(/[«»]/gu, ""), ts: true as const }),
  ),
  invalid: ["ThrottlerGuard", "new RateLimitGuard()", "ThrottlerBehindProxyGuard"].map((guards) =>
    marked(
      controller(guards),
      {
        messageId: "identity",
        data: { name: "this.jwt.decode", line: "7" },
        suggestions: [
          {
            messageId: "verifyInstead",
            data: { from: "this.jwt.decode", to: "this.jwt.verify" },
            output: controller(guards).replaceAll(/[«»]/gu, "").replace("decode(", "verify("),
          },
        ],
      },
      { ts: true },
    ),
  ),
});
