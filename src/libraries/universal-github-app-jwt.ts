import type { Library } from "./types.ts";

/** RS256 and ten minutes, whatever is asked for (2.2.2). */
export const universalGithubAppJwt: Library = {
  name: "universal-github-app-jwt",
  current: "2.2.2",
  verified: ["2.2.2"],
  modules: [{ specifier: "universal-github-app-jwt", default: "default" }],
  entities: {
    default: {
      kind: "sign",
      parameters: { key: "0.privateKey" },
      defaultAlgorithm: "RS256",
      defaultLifetime: 600,
      promise: true,
      failure: "rejects",
    },
    githubAppJwt: {
      kind: "sign",
      parameters: { key: "0.privateKey" },
      defaultAlgorithm: "RS256",
      defaultLifetime: 600,
      promise: true,
      failure: "rejects",
    },
  },
};
