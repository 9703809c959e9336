import { checks, payloadClaims, signOptions, verifyOptions } from "./shared.ts";
import type { Entity, Library, OptionModel } from "./types.ts";

/** Keys may stand in the options of a call; they win over those of the module. */
const callKeys = {
  secret: { role: "key" },
  privateKey: { role: "key" },
  publicKey: { role: "key" },
} as const satisfies Record<string, OptionModel>;

const sign: Entity = {
  kind: "sign",
  parameters: { payload: "0", key: ["1.secret", "1.privateKey"], options: "1" },
  options: { ...signOptions, ...callKeys },
  claims: payloadClaims,
  adds: ["issuedAt"],
  grammar: "epoch-seconds",
  failure: "throws",
  // The module's signOptions are merged under those of the call.
  inherits: "new.0.signOptions",
};

const verify: Entity = {
  kind: "verify",
  parameters: { token: "0", key: ["1.secret", "1.publicKey"], options: "1" },
  options: { ...verifyOptions, ...callKeys },
  failure: "throws",
  checks,
  completeOption: "complete",
  signatureFirst: true,
  inherits: "new.0.verifyOptions",
};

const prefixed = (
  prefix: string,
  options: Readonly<Record<string, OptionModel>>,
): Record<string, OptionModel> =>
  Object.fromEntries(
    Object.entries(options).map(([name, model]) => {
      const { ignored } = model;
      const isRenamed = ignored?.meant !== undefined;
      const meant = isRenamed ? { ...ignored, meant: `${prefix}.${ignored.meant}` } : ignored;
      return [`${prefix}.${name}`, meant === undefined ? model : { ...model, ignored: meant }];
    }),
  );

const moduleOptions = {
  secret: { role: "key" },
  privateKey: { role: "key" },
  secretOrPrivateKey: { role: "key" },
  // Asked for each call; it wins over the others.
  secretOrKeyProvider: { role: "key" },
  ...prefixed("signOptions", signOptions),
  ...prefixed("verifyOptions", verifyOptions),
} as const satisfies Record<string, OptionModel>;

const register = (...at: readonly string[]): Entity => ({
  kind: "module",
  parameters: {
    key: at.flatMap((one) => [
      `${one}.secretOrKeyProvider`,
      `${one}.secretOrPrivateKey`,
      `${one}.secret`,
      `${one}.privateKey`,
    ]),
    options: at,
  },
  resolver: ["other", "other"],
  options: moduleOptions,
  checks,
});

export const nestjsJwt: Library = {
  name: "@nestjs/jwt",
  current: "11.0.2",
  verified: ["10.2.0", "11.0.2", "12.0.2"],
  modules: [{ specifier: "@nestjs/jwt", default: "" }],
  entities: {
    "JwtModule.register": register("0"),
    "JwtModule.registerAsync": register(
      "0.useFactory()",
      "0.useClass.new().createJwtOptions()",
      "0.useExisting.new().createJwtOptions()",
    ),
    JwtService: { ...register("0"), returns: "JwtService#" },
    "JwtService#.sign": sign,
    "JwtService#.signAsync": { ...sign, promise: true, failure: "rejects" },
    "JwtService#.verify": verify,
    "JwtService#.verifyAsync": { ...verify, promise: true, failure: "rejects" },
    "JwtService#.decode": {
      kind: "decode",
      parameters: { token: "0", options: "1" },
      options: { complete: { role: "complete" } },
      completeOption: "complete",
      failure: "returns-null",
      verifiedBy: "verify",
    },
  },
  optionsTypes: {
    JwtModuleOptions: { path: "JwtModule.register" },
    JwtOptionsFactory: { path: "JwtModule.register", madeBy: "createJwtOptions" },
    JwtSignOptions: { path: "JwtService#.sign" },
    JwtVerifyOptions: { path: "JwtService#.verify" },
  },
};
