import path from "node:path";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Handlers that hand what the request says to a function of the program, which signs for whom it names. */

const folder = path.join(import.meta.dirname, "../fixtures/identities");
const inNest = { ts: true, filename: path.join(folder, "auth.controller.ts") } as const;
const inExpress = { filename: path.join(folder, "routes.js") };

/** A controller whose service lies in another file. */
const controller = (method: string, before = '@Controller("auth")'): string =>
  `import { AuthService } from "./auth.service"; // jwt
${before}
export class AuthController {
  constructor(private readonly auth: AuthService) {}
  ${method}
}`;

/** A controller that signs by itself. */
const signer = (method: string): string =>
  `import { JwtService } from "@nestjs/jwt";
@Controller("auth")
export class AuthController {
  constructor(private readonly jwt: JwtService, private readonly users: UserService) {}
  ${method}
}`;

const BY_ADDRESS = "return this.auth.byAddress(«dto»);";

const nest = (code: string, name = "this.jwt.sign"): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name } }, inNest);

const SERVICE = 'const service = require("./sign-in.js"); // jwt';

const express = (code: string): InvalidCase =>
  marked(
    `${SERVICE}\n${code}`,
    { messageId: "askedIdentity", data: { name: "jwt.sign" } },
    inExpress,
  );

testRule("no-unverified-claims: identities that are handed over", rule, {
  valid: [
    // The service asks for a proof, makes somebody new, or signs in development alone
    ...["byPassword", "byOptionalPassword", "ofNew", "inDevelopment", "ofGuest"].map((method) =>
      controller(
        `@Post("login") login(@Body() dto: LoginDto) { return this.auth.${method}(dto); }`,
      ),
    ),
    controller(
      '@Public() @Post("refresh") refresh(@Body() dto: TokenDto) { return this.auth.byToken(dto.refreshToken); }',
    ),
    // The handler asks, before or by what it hands over
    ...[
      '@Post("login") async login(@Body() dto: LoginDto) { await this.codes.consume(dto.email, dto.code); return this.auth.byAddress(dto); }',
      '@Post("login") async login(@Body() dto: LoginDto, @Req() request) { if (!request.user) throw new Error(); return this.auth.byAddress(dto); }',
      '@Post("login") async login(@Body() dto: LoginDto) { if (process.env.NODE_ENV === "development") return this.auth.byAddress(dto); }',
      '@Post("login") async login(@Body() dto: LoginDto) { return this.auth.byAddress(await this.google.verify(dto.token)); }',
      '@Post("login") async login(@Body() dto: LoginDto) { return this.auth.byAddress(...[dto]); }',
      '@Post("login") login(@Body() dto: LoginDto) { return this.auth.byPasswordUnlessSocial({ email: dto.email, password: dto.password, isSocial: false }); }',
      // Guards, and what hands over more than the request says
      '@Post("login") @UseGuards(LocalAuthGuard) login(@Body() dto: LoginDto) { return this.auth.byAddress(dto); }',
      '@Post("login") @UseGuards(ThrottlerGuard, LocalAuthGuard) login(@Body() dto: LoginDto) { return this.auth.byAddress(dto); }',
      '@Post("login") @UseInterceptors(SessionInterceptor) login(@Body() dto: LoginDto) { return this.auth.byAddress(dto); }',
      '@Post("login") @Internal() login(@Body() dto: LoginDto) { return this.auth.byAddress(dto); }',
      '@Post("login") @ApiBearerAuth() login(@Body() dto: LoginDto) { return this.auth.byAddress(dto); }',
      '@Post("login") login(@Body() dto: LoginDto, @CurrentUser() user) { return this.auth.byAddress(dto); }',
      '@Post("login") login(@Body() dto: LoginDto, user) { return this.auth.byAddress(dto); }',
      '@Post("login") login(@Body(new CredentialsPipe()) dto: LoginDto) { return this.auth.byAddress(dto); }',
      '@Post("login") login(@Body("user", CredentialsPipe) dto: LoginDto) { return this.auth.byAddress(dto); }',
      '@Post("login") login(@Body() @Checked() dto: LoginDto) { return this.auth.byAddress(dto); }',
      '@Post("login") login(@SignedBody() dto: LoginDto) { return this.auth.byAddress(dto); }',
      // What is called for something else, or not for a request
      '@Post("profile") show(@Body() dto: LoginDto) { return this.auth.byAddress(dto); }',
      '@Post("refresh") refresh(@Body() dto: LoginDto) { return this.auth.byAddress(dto); }',
      '@MessagePattern("login") login(@Body() dto: LoginDto) { return this.auth.byAddress(dto); }',
    ].map((method) => controller(method)),
    controller(
      '@Post("login") login(@Body() dto: LoginDto) { return this.auth.byAddress(dto); }',
      '@UseGuards(AdminGuard) @Controller("auth")',
    ),
    controller(
      '@Mutation(() => Tokens) @UseGuards(GqlGuard) login(@Args("input") dto: LoginInput) { return this.auth.byAddress(dto); }',
      "@Resolver()",
    ),
    signer(
      '@Post("login") async login(@Body() dto: LoginDto) { const user = await this.users.findByEmail(dto.email); if (!(await this.users.matches(user, dto.password))) throw new Error(); return this.jwt.sign({ sub: user.id }); }',
    ),
    // A pipe of the program may verify what comes.
    controller(
      '@UsePipes(GoogleLoginPipe) @Post("login") login(@Body() dto: LoginDto) { return this.auth.byAddress(dto); }',
    ),
    // A service out of sight
    controller('@Post("login") login(@Body() dto: LoginDto) { return this.other.byAddress(dto); }'),
  ]
    .map((code) => ({ code, ...inNest }))
    .concat(
      [
        'router.post("/login", async (req, res) => { res.json(await service.byPassword(req.body)); });',
        'router.post("/login", auth, async (req, res) => { res.json(await service.byAddress(req.body.email)); });',
        'router.post("/orders", async (req, res) => { res.json(await service.byAddress(req.body.email)); });',
        'router.post("/login", async (req, res) => { const { email } = await google.verify(req.body.token); res.json(await service.byAddress(email)); });',
        'router.post("/login", async (req, res) => { await service.byPassword(req.body); res.json(await service.byAddress(req.body.email)); });',
        'router.post("/login", async (req, res) => { res.json(await service.ofTenant(...known, req.body.email)); });',
        'router.post("/login", async (req, res) => { if (!isSigned(req)) return res.sendStatus(401); res.json(await service.byAddress(req.body.email)); });',
      ].map((code) => ({ code: `${SERVICE}\n${code}`, ...inExpress }) as never),
    ),
  invalid: [
    // No word of a token stands in the file.
    nest(
      controller(`@Post("login") async login(@Body() dto: LoginDto) { ${BY_ADDRESS} }`).replace(
        "// jwt",
        'import { Body, Controller, Post } from "@nestjs/common";',
      ),
    ),
    ...[
      `@Post("login") async login(@Body() dto: LoginDto) { ${BY_ADDRESS} }`,
      `@UsePipes(new ValidationPipe()) @UsePipes(ZodValidationPipe) @HttpCode(200) @ApiOperation({}) @Post("login") login(@Body(new ValidationPipe({ transform: true })) dto: LoginDto) { ${BY_ADDRESS} }`,
      `@Post("login") @UseGuards(ThrottlerGuard) @UseInterceptors(ClassSerializerInterceptor) login(@Body() dto: LoginDto) { ${BY_ADDRESS} }`,
      `@Post("google") open(@Body() dto: LoginDto) { ${BY_ADDRESS} }`,
      '@Post("login") login(@Body() dto: LoginDto) { return this.auth.byPasswordUnlessSocial(«dto»); }',
      `@Public() @Post("refresh") renew(@Body() dto: LoginDto) { ${BY_ADDRESS} }`,
      '@Post("login") login(@Body("email") email: string) { return this.auth.byAddress({ email: «email» }); }',
      '@Post("login") login(@Body() { email }: LoginDto) { return this.auth.byAddress({ email: «email» }); }',
      '@Get("login/:email") login(@Param() dto: LoginDto, @Ip() ip: string) { return this.auth.byAddress(«dto»); }',
      '@Post("login") async login(@Body() dto: LoginDto, @Res() res: Response) { const tokens = await this.auth.byAddress(«dto»); res.cookie("refresh", tokens.refresh, { httpOnly: true }); return res.json({ access: tokens.access }); }',
    ].map((method) => nest(controller(method))),
    nest(
      controller(
        `@Post() open(@Body() dto: LoginDto) { ${BY_ADDRESS} }`,
        '@Controller({ path: "login", version: "1" })',
      ),
    ),
    ...[
      `@Mutation(() => Tokens) login(@Args("input") dto: LoginInput) { ${BY_ADDRESS} }`,
      `@Mutation(() => Tokens) login(@Args({ name: "input", type: () => LoginInput }) dto: LoginInput) { ${BY_ADDRESS} }`,
      "@Mutation(() => Tokens) login(@Args() args: LoginArgs) { return this.auth.byAddress(«args.input»); }",
    ].map((method) => nest(controller(method, "@Resolver()"))),
    // By the controller itself, and by a service of the same file
    nest(
      signer(
        '@Post("login") async login(@Body() dto: LoginDto) { const user = await this.users.findByEmail(«dto.email»); return this.jwt.sign({ sub: user.id }); }',
      ),
    ),
    nest(
      signer(
        '@Post("login") login(@Body("username") username: string) { return this.jwt.sign({ username: «username» }); }',
      ),
    ),
    nest(
      `import { JwtService } from "@nestjs/jwt";
class AuthService { constructor(private readonly jwt: JwtService, private readonly users: UserService) {}
  async enter(email: string) { const user = await this.find(email); return this.jwt.sign({ sub: user.id }); }
  find(email: string) { return this.users.findOne({ where: { email } }); } }
@Controller("auth") class AuthController { constructor(private readonly auth: AuthService) {}
  @Post("login") login(@Body() dto: LoginDto) { return this.auth.enter(«dto.email»); } }`,
    ),
    // Functions of another file, and one of this file that looks the record up
    ...[
      'router.post("/login", async (req, res) => { res.json(await service.byAddress(«req.body.email», req.body.device)); });',
      'router.post("/login", async (req, res) => { res.json(await service.byAddress(«req.body.email»)); });',
      'router.post("/login", async (req, res) => { res.json(await service.byProvider(«req.body»)); });',
      'router.post("/login", async (req, res) => { res.json(await service.ofTenant(1, «req.body.email»)); });',
      'router.post("/login", async (req, res) => { const { email, name } = req.body; res.json(await service.byProvider({ email: «email», name })); });',
      "exports.login = async (req, res) => { res.json(await service.byAddress(«req.body.email»)); };",
    ].map((code) => express(code)),
    // The file itself does not speak of JWTs.
    marked(
      `const service = require("./sign-in.js");
router.post("/login", async (req, res) => { const token = await service.byAddress(«req.body.email»); res.json({ token }); });`,
      { messageId: "askedIdentity", data: { name: "jwt.sign" } },
      inExpress,
    ),
    marked(
      `const jwt = require("jsonwebtoken");
async function person(email) { const user = await User.findOne({ email }); if (!user) return undefined; return user; }
app.post("/login", async (req, res) => { const user = await person(«req.body.email»); if (!user) return res.sendStatus(404); res.json(jwt.sign({ id: user.id }, key)); });`,
      { messageId: "askedIdentity", data: { name: "jwt.sign" } },
    ),
  ],
});

/** A sign-in that calls a function of the same file, or one out of sight. */
const bySigner = (call: string, signIn = ""): string =>
  `import jwt from "jsonwebtoken"; import { createToken, auth } from "./auth";
${signIn}
app.post("/login", async (req, res) => { res.json({ token: await ${call} }); });`;

const COMPARING =
  "async function signIn(email, password, isSocial) { const user = await User.findOne({ email }); if (!isSocial && !(await bcrypt.compare(password, user.hash))) throw new Error(); return jwt.sign({ id: user.id }, key); }";
const TRUSTING =
  "async function signIn(email, device) { const user = await User.findOne({ email }); return jwt.sign({ id: user.id, device }, key); }";

const local = (code: string, name = "jwt.sign"): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name } });

testRule("no-unverified-claims: functions that sign and may compare", rule, {
  valid: [
    bySigner("signIn(req.body.email, req.body.password)", COMPARING),
    bySigner("signIn(req.body.email, req.body.password, false)", COMPARING),
    bySigner(
      "signIn({ email: req.body.email, password: req.body.password })",
      COMPARING.replace("(email, password, isSocial)", "({ email, password, isSocial })"),
    ),
    // Out of sight
    bySigner("auth.getToken(req.body.email, req.body.password)"),
    bySigner("auth.getToken(req.body.email, req.body.word)"),
    bySigner("createToken({ email: req.body.email, password: req.body.password })"),
    bySigner("createToken({ email: req.body.email, senha: req.body.senha })"),
    bySigner("createToken({ email: req.body.email, otp: req.body.otp })"),
  ],
  invalid: [
    local(bySigner("signIn(«req.body.email»)", TRUSTING)),
    local(bySigner("signIn(«req.body.email», req.body.device)", TRUSTING)),
    local(bySigner("signIn(«req.body.email», req.body.password, req.body.isSocial)", COMPARING)),
    local(bySigner("createToken(«req.body.email»)"), "createToken, as its name says,"),
    ...["role", "rememberMe", "expiresIn", "deviceId"].map((field) =>
      local(
        bySigner(`createToken(«req.body.email», req.body.${field})`),
        "createToken, as its name says,",
      ),
    ),
    local(
      bySigner("createToken({ email: «req.body.email», role: req.body.role })"),
      "createToken, as its name says,",
    ),
  ],
});

/** Handlers that a file exports, and another one mounts. */
const CHECKS =
  "exports.check = async (req, res, next) => { const user = await User.findOne({ email: req.body.email }); if (!(await bcrypt.compare(req.body.password, user.hash))) return res.sendStatus(401); next(); };";
const GUARDS =
  "exports.protect = (req, res, next) => { req.user = jwt.verify(req.headers.authorization, key); next(); };";
const exporting = (beside: string, named = "req.body.email", name = "signToken"): string =>
  `import jwt from "jsonwebtoken";
${beside}
exports.${name} = (req, res) => { res.json({ token: jwt.sign({ email: ${named} }, key) }); };`;

/** A field of GraphQL. */
const resolver = (context: string, named = "userId", before = ""): string =>
  `import jwt from "jsonwebtoken";
export default { Mutation: { setToken: async (_, { userId }, ${context}) => { const found = await User.findOne({ userId }); ${before} if (!found) return null; const token = jwt.sign({ userId: ${named} }, key); cookies.set("session", token); return token; } } };`;

testRule("no-unverified-claims: handlers that are called for the token", rule, {
  valid: [
    // What compares the password is mounted before.
    exporting(CHECKS),
    exporting(CHECKS, undefined, "login"),
    exporting(CHECKS.replace("next(); }", "save(() => next()); }")),
    exporting("", undefined, "signDocument"),
    exporting("").replace("res.json", 'const word = req.headers["x-word"]; res.json'),
    resolver("{ cookies, user }"),
    // Something stands before all resolvers of the file.
    ...[
      "export const permissions = shield({ Mutation: { setToken: isStaff } });",
      'startStandaloneServer(server, { context: async ({ req }) => { if (!(await isStaff(req))) throw new Error("no"); return {}; } });',
      'export const schema = composeResolvers(resolvers, { "Mutation.*": [isStaff()] });',
      "export const typeDefs = `type Mutation { setToken(userId: ID!): String! @auth(requires: ADMIN) }`;",
    ].map((beside) => `${resolver("{ cookies }")} ${beside}`),
    resolver("{ cookies }", "userId", "if (cookies.get('session') !== found.session) return null;"),
  ],
  invalid: [
    local(exporting("", "«req.body.email»")),
    // How long a password is, and its hash for a new account, prove nothing.
    local(
      exporting(
        "exports.check = (req, res, next) => { if (req.body.password.length < 8) return res.sendStatus(400); next(); };",
        "«req.body.email»",
      ),
    ),
    local(
      exporting(
        "exports.check = async (req, res, next) => { req.hashed = await bcrypt.hash(req.body.password, 10); next(); };",
        "«req.body.email»",
      ),
    ),
    local(exporting(GUARDS, "«req.body.email»")),
    local(exporting(GUARDS.replace("headers.authorization", "cookies.token"), "«req.body.email»")),
    // The route stands in the file, and it is no part of it.
    local(
      `${exporting(CHECKS, "«req.body.email»")}\napp.post("/login", exports.signToken);`
        .replace("exports.signToken =", "const signToken =")
        .replace("exports.signToken)", "signToken)"),
    ),
    local(exporting(CHECKS.replace("next();", "next(user);"), "«req.body.email»")),
    local(
      exporting(
        CHECKS.replace("req.body.password", "req.query.word").replace("user.hash", "word"),
        "«req.body.email»",
      ),
    ),
    local(
      exporting("", "«req.body.email»").replace(
        "res.json",
        'const agent = req.headers["user-agent"]; res.json',
      ),
    ),
    local(resolver("{ cookies }", "«userId»")),
  ],
});
