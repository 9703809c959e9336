import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Passwords that are set for a token which is only decoded. */

const service = (body: string, parameters = "token, dto", read = "const claims = "): string =>
  `import { jwtDecode } from "jwt-decode";
import bcrypt from "bcrypt";
import { User } from "./models";
export class AuthService {
  async setNew(${parameters}) {
    ${read}«jwtDecode(token)»;
    ${body}
  }
}`;

const HASH = "const hash = await bcrypt.hash(dto.password, 10);";
const WRITE = "await this.users.updatePassword(dto.id, hash);";

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims", rule, {
  valid: [
    // The token is verified, looked up or compared, or something else is asked for.
    service(`${HASH} await verifyToken(token); ${WRITE}`),
    service(`${HASH} const found = await this.links.findOne({ token }); ${WRITE}`),
    service(
      `const user = await User.findById(dto.id); if (user.resetToken !== token) throw new Error("no"); ${HASH} ${WRITE}`,
    ),
    service(
      `if (!(await bcrypt.compare(dto.old, this.user.hash))) throw new Error("no"); ${HASH} ${WRITE}`,
    ),
    service(`${HASH} await this.check(claims); ${WRITE}`),
    // Who asks has been found out before.
    service(`${HASH} ${WRITE}`, "user, token, dto"),
    service(`${HASH} ${WRITE}`, "token, userId, dto"),
    service(`${HASH} ${WRITE}`, "token, oldPassword, dto"),
    service(
      `${HASH} await this.users.updatePassword(this.request.user.id, hash, req.user);`,
      "token, dto, req",
    ),
    // It is not the token of anybody, and it is not a password that is set.
    service(`${HASH} ${WRITE}`, "ticket, dto").replace("jwtDecode(token)", "jwtDecode(ticket)"),
    service("console.log(claims); await this.users.updateName(dto.id, dto.name);"),
    service(`${HASH} await User.update({ name: dto.name }, { where: { id: 1 } });`),
    service(`${HASH} await this.updatePassword();`),
    // Whoever sets it is told of the token as well.
    service(`${HASH} await this.users.updatePassword(dto.id, hash, token);`),
    service(`${HASH} await this.users.updatePassword(claims.nbf, hash);`),
    // Before the token is read: in a way that has gone by then
    service("console.log(claims);", "token, dto", `${HASH} ${WRITE} const claims = `),
    // Who the token is for is what is changed: another finding.
    service(`${HASH} for (const one of claims.users) await one.updatePassword(hash, 1);`),
  ].map((code) => plain(code)),
  invalid: [
    ...[
      service(`${HASH} ${WRITE}`),
      service(`console.log("password of", typeof claims); ${HASH} ${WRITE}`),
      service(`if (!claims) throw new Error("no"); ${HASH} ${WRITE}`),
      service(`console.log(token); ${HASH} ${WRITE}`, "token, dto", ""),
      service(`${HASH} await User.update({ password: hash }, { where: { id: dto.id } });`),
    ].map((code) =>
      marked(code, { messageId: "decodedOnly", data: { name: "jwtDecode", line: "7" } }),
    ),
  ],
});
