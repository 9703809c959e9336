import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Modules of a program that are called for what they do: `JWT.sign({ email })` of `import JWT from "../lib/jwt.js"`. */

const login = (call: string, module = "../lib/jwt.js", name = "JWT"): string =>
  `import ${name} from "${module}"; export const login = (req, res) => { res.json({ token: ${call} }); };`;

testRule("no-unverified-claims: modules that sign", rule, {
  valid: [
    login("JWT.sign({ email: req.user.email })"),
    // Nothing says that it signs.
    login("JWT.read({ email: req.body.email })"),
    login("crypt.sign({ email: req.body.email })", "../lib/crypt.js", "crypt"),
    login("JWT.sign({ email: req.body.email })", "some-jwt"),
    login("JWT.keys.sign({ email: req.body.email })"),
    // What is more than a signer may compare the password.
    login(
      "tokens.issue({ email: req.body.email, password: req.body.password })",
      "./tokens",
      "tokens",
    ),
  ],
  invalid: [
    ["JWT.sign", "{ email: «req.body.email» }", "../lib/jwt.js"],
    ["JWT.sign", "{ email: «req.body.email», password: req.body.password }", "@/lib/jwt"],
    ["jwtService.sign", "{ email: «req.body.email» }", "~/services/jwt"],
    ["tokens.issue", "{ email: «req.body.email» }", "./tokens"],
    ["token_utils.generate", "{ email: «req.body.email» }", "./tokens"],
  ].map(([name = "", claims = "", module]) =>
    marked(login(`${name}(${claims})`, module, name.split(".")[0]), {
      messageId: "askedIdentity",
      data: { name: `${name}, as its name says,` },
    }),
  ),
});
