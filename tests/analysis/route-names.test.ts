import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** What handlers are called and where they are reached, in the languages of those who write them. */

const START = 'import jwt from "jsonwebtoken"; import { users } from "./users";';

const body = (field = "email", claims = "{ id: user.id }"): string =>
  `const user = await users.find({ ${field}: «req.body.${field}» }); if (!user) return res.sendStatus(404); res.json({ token: jwt.sign(${claims}, key, { expiresIn: "1h" }) });`;

const posted = (path: string, steps = body()): string =>
  `${START} export const attach = (router) => { router.post("${path}", async (req, res) => { ${steps} }); };`;
const exported = (name: string): string =>
  `${START} export const ${name} = async (req, res) => { ${body()} };`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims: names of handlers and addresses", rule, {
  valid: [
    // A name that says nothing of signing in: the handler may stand behind a guard.
    ...[
      "showMember",
      "barangMasuk",
      "connexionsOf",
      "centrarMapa",
      "deviceIdentifier",
      "autenticarCertificado",
    ].map((name) => plain(exported(name))),
    // A token for a thing, for somebody else, or for nobody in particular
    ...[
      "/barang/masuk",
      "/appareils/connecter",
      "/token/download",
      "/impersonate",
      "/admin/token",
      "/rooms/token",
    ].map((path) => plain(posted(path))),
    plain(posted("/gerar-token", body("code"))),
    plain(posted("/gerar-token", body("reserva"))),
    plain(posted("/members")),
  ],
  invalid: [
    ...[
      "login",
      "connexion",
      "iniciarSesion",
      "iniciar_sesion",
      "entrar",
      "dangNhap",
      "girisYap",
      "anmelden",
      "autenticar",
      "zaloguj",
      "gerarToken",
      "generarToken",
      "generateNewToken",
    ].map((name) => exported(name)),
    ...["/gerar-token", "/iniciar-sesion", "/dang-nhap"].map((path) => posted(path)),
  ].map((code) => marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } })),
});
