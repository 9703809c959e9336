import rule from "../../src/rules/require-type-check.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Kinds of tokens in the words of other languages. */

const unmarked = (code: string): string => code.replace(/[«»]/gu, "");

const JWT = 'import jwt from "jsonwebtoken";';

/** Two functions that sign, and one that verifies and reads the claims. */
const pair = (
  first: string,
  second: string,
  { claims = "id", read = "claims.id", token = "token", then = "" } = {},
): string => `${JWT}
export const ${first} = (id) => jwt.sign({ id }, process.env.KEY, { expiresIn: "15m" });
export const ${second} = (id) => jwt.sign({ ${claims} }, process.env.KEY, { expiresIn: "7d" });
export const verificar = async (${token}) => { const claims = «jwt.verify(${token}, process.env.KEY)»; ${then} return ${read}; };`;

const PORTUGUESE = ["gerarTokenAcesso", "gerarTokenRefresh"] as const;

testRule("require-type-check: kinds in other languages, verified", rule, {
  valid: [
    // Both of one kind, and such as are only called functions of another purpose.
    pair("gerarTokenAcesso", "criarTokenAcesso"),
    pair("gerarTokenAcesso", "enviarRelatorio"),
    // The mark is compared, or may be by who is given the claims.
    pair(...PORTUGUESE, {
      claims: 'id, tipo: "refresh"',
      then: 'if (claims.tipo === "refresh") throw new Error();',
    }),
    pair(...PORTUGUESE, { claims: 'id, tipo: "refresh"', read: "claims" }),
    pair("signAccessToken", "signRefreshToken", {
      claims: 'id, type: "refresh"',
      read: "claims",
    }),
    // A refresh token is looked up, and a link in the field that is kept for it.
    pair("crearTokenAcceso", "crearTokenRefresco", {
      token: "tokenRefresco",
      then: "await sesiones.buscar(tokenRefresco);",
    }).replace("{ id }", "{ id, rol }"),
    pair("crearTokenAcceso", "crearTokenRecuperacion", {
      then: "if (!(await users.findOne({ where: { tokenRecuperacion: token } }))) throw new Error();",
    }),
    pair("erisimTokenOlustur", "sifirlamaTokenOlustur", {
      then: 'if (!(await pool.query("SELECT id FROM users WHERE sifirlama_token = $1", [token]))) throw new Error();',
    }),
  ].map((code) => unmarked(code)),
  invalid: [
    [...PORTUGUESE, "refresh"],
    ["generarTokenAcceso", "generarTokenRefresco", "refresh"],
    ["creaTokenAccesso", "creaTokenAggiornamento", "refresh"],
    ["genererJetonAcces", "genererJetonRafraichissement", "refresh"],
    ["erzeugeZugriffToken", "erzeugeErneuerungToken", "refresh"],
    ["buatTokenAkses", "buatTokenPenyegaran", "refresh"],
    ["uretErisimToken", "uretYenilemeToken", "refresh"],
    ["uretErisimToken", "uretŞifreSıfırlamaToken", "password reset"],
    ["gerarTokenAcesso", "gerarTokenRecuperacao", "password reset"],
    ["generarTokenAcceso", "generarTokenRestablecimiento", "password reset"],
    ["genererJetonAcces", "genererJetonReinitialisation", "password reset"],
    ["generarTokenSesion", "generarTokenVerificacion", "confirmation"],
    ["erstelleSitzungToken", "erstelleBestaetigungToken", "confirmation"],
    ["buatTokenAkses", "buatTokenKonfirmasi", "confirmation"],
    ["gerarTokenAcesso", "gerarTokenConvite", "invitation"],
    ["erzeugeZugriffToken", "erzeugeEinladungToken", "invitation"],
  ]
    .map(([first = "", second = "", kind = ""]) =>
      marked(pair(first, second), {
        messageId: "sameKey",
        data: { name: "jwt.verify", kinds: ["access", kind].sort().join(" and ") },
      }),
    )
    .concat(
      // Nobody looks at the mark, and nobody else is given the claims.
      marked(pair(...PORTUGUESE, { claims: 'id, tipo: "refresh"' }), {
        messageId: "sameKey",
        data: { name: "jwt.verify", kinds: "access and refresh" },
      }),
      // What it is called for says the mark alone.
      marked(pair("gerarTokenAcesso", "emitir", { claims: 'id, tipo: "renovacao"' }), {
        messageId: "sameKey",
        data: { name: "jwt.verify", kinds: "access and refresh" },
      }),
    ),
});

/** Two tokens in one handler, and what is done with them. */
const both = (access: string, other: string, then = ""): string => `${JWT}
export const entrar = async (req, res) => { const usuario = await usuarios.validar(req.body);
  const ${access} = jwt.sign({ id: usuario.id }, process.env.KEY, { expiresIn: "15m" });
  const ${other} = «jwt.sign({ id: usuario.id }, process.env.KEY, { expiresIn: "7d" })»;
  ${then} res.json({ ${access} }); };`;

testRule("require-type-check: kinds in other languages, verified elsewhere", rule, {
  valid: [
    both("tokenAcceso", "tokenRefresco", "usuario.token = tokenAcceso; await usuario.save();"),
    both("tokenAcceso", "tokenDescarga"),
    // The link signs in.
    both(
      "tokenAcceso",
      "token",
      'await mailer.sendMail({ to, subject: "Iniciar sesión: olvidé mi contraseña", html: token });',
    ).replace("entrar", "ingresar"),
  ].map((code) => unmarked(code)),
  invalid: [
    marked(both("tokenAcceso", "tokenRefresco"), { messageId: "signedAlike" }),
    marked(both("jetonAcces", "jetonRafraichissement"), { messageId: "signedAlike" }),
    marked(both("erisimToken", "yenilemeToken"), { messageId: "signedAlike" }),
    // A token that is refreshed is verified as one.
    marked(
      `${both("tokenAcceso", "tokenRefresco")} export const renovar = async ({ tokenRefresco }) => { const { id } = jwt.verify(tokenRefresco, process.env.KEY); return sesiones.buscar(id, tokenRefresco); };`,
      { messageId: "signedAlike" },
    ),
    ...[
      ["tokenRestablecimiento", "", "password reset"],
      ["tokenRecuperacao", "", "password reset"],
      ["tokenConvite", "", "invitation"],
      ["tokenOnay", "", "confirmation"],
      ["token", "subject: 'Şifre Sıfırlama'", "password reset"],
      ["token", "subject: 'Réinitialisation de votre mot de passe'", "password reset"],
      ["token", "subject: 'Passwort zurücksetzen'", "password reset"],
      ["token", "subject: 'Recuperar la contraseña'", "password reset"],
      ["token", "subject: 'Confirma tu correo'", "confirmation"],
    ].map(([name = "", subject = "", kind = ""]) =>
      marked(
        both(
          "tokenAcceso",
          name,
          subject === "" ? "" : `await mailer.sendMail({ to, ${subject}, html: token });`,
        ).replace("entrar", "registrar"),
        { messageId: "opensSession", data: { kind } },
      ),
    ),
  ],
});
