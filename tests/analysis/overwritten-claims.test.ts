import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import type { InvalidCase } from "../kit/test-rule.ts";
import { testRule } from "../kit/test-rule.ts";

/** What a request brings into a token, each next to a payload whose claims are the server's own. */

const signing = (claims: string, before = ""): string =>
  `import jwt from "jsonwebtoken"; import express from "express"; import { settings } from "./settings.js"; const app = express(); app.post("/anonymous", async (req, res) => { const user = await settings.nobody(); const { options } = req.body; ${before} res.json({ token: jwt.sign(${claims}, process.env.KEY, { expiresIn: "1h" }) }); });`;

const given = (code: string): InvalidCase =>
  marked(code, { messageId: "askedClaims", data: { name: "jwt.sign" } });

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims: claims that are written over", rule, {
  valid: [
    signing("{ ...req.body, id: user.id, role: user.role }"),
    signing("{ ...options, sub: user.id, isAdmin: false }"),
    signing("{ ...req.body, userId: user.id, scopes: ['read'] }"),
    // Which of them is signed may be decided by who asks.
    signing("claims", "const claims = req.session.admin ? { ...options } : { id: user.id };"),
    signing("claims", "const claims = known(req) ? { ...options } : { id: user.id };"),
    signing("claims", "const claims = settings.make ? { id: user.id } : { id: user.name };"),
  ].map(plain),
  invalid: [
    signing("{ ...«req.body», id: user.id }"),
    signing("{ ...«req.body», role: user.role }"),
    signing("{ ...«req.body», id: undefined, role: 'guest' }"),
    signing("{ ...«req.body», id: void 0, role: 'guest' }"),
    signing("{ ...«req.body», id: user.id, role: req.body.role }"),
    signing("{ id: user.id, role: user.role, ...«req.body» }"),
    signing(
      "claims",
      "const claims = settings.make ? await settings.make() : { ...«options», id: void 0, anonymous: true };",
    ),
    signing("claims", "const claims = settings.make ? { ...«options» } : user;"),
    signing("settings.make ? user : { ...«options» }"),
  ].map(given),
});
