/** Where and on what the run took place: commit, branch, pipeline, versions. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { mask } from "./mask.ts";
import type { Header } from "./types.ts";

export type RunContext = Pick<
  Header,
  "project" | "commit" | "dirty" | "branch" | "repository" | "run"
>;

/** Reads the environment of the pipeline, and asks Git for what it does not say. */
export function readContext(cwd: string, env: NodeJS.ProcessEnv, project?: string): RunContext {
  const commit = env.GITHUB_SHA ?? env.CI_COMMIT_SHA ?? git(cwd, "rev-parse", "HEAD");
  const changes = git(cwd, "status", "--porcelain");
  // GitHub sets the first for pull requests alone, and to nothing otherwise.
  const branch = [env.GITHUB_HEAD_REF, env.GITHUB_REF_NAME, env.CI_COMMIT_REF_NAME].find(
    (name) => name !== undefined && name !== "",
  );
  const current = branch ?? git(cwd, "branch", "--show-current") ?? "";
  const repository = repositoryOf(cwd, env);
  const run = pipelineOf(env);
  return {
    project: project ?? projectName(cwd),
    ...(commit === undefined || commit === "" ? {} : { commit }),
    ...(changes === undefined ? {} : { dirty: changes !== "" }),
    ...(current === "" ? {} : { branch: current }),
    ...(repository === undefined ? {} : { repository }),
    ...(run === undefined ? {} : { run }),
  };
}

function repositoryOf(cwd: string, env: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = env;
  if (server !== undefined && name !== undefined) return `${server}/${name}`;
  const found = env.CI_PROJECT_URL ?? git(cwd, "remote", "get-url", "origin");
  if (found === undefined || found === "") return undefined;
  const address = mask(found)
    .replace(/^git@([^:]+):/u, "https://$1/")
    .replace("***@", "")
    .replace(/\.git$/u, "");
  return /^https?:\/\//u.test(address) ? address : undefined;
}

function pipelineOf(env: NodeJS.ProcessEnv): Header["run"] {
  if (env.GITHUB_ACTIONS === "true") {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name, GITHUB_RUN_ID: id } = env;
    const isKnown = server !== undefined && name !== undefined && id !== undefined;
    return {
      provider: "GitHub Actions",
      ...(isKnown ? { url: `${server}/${name}/actions/runs/${id}` } : {}),
      ...actor(env.GITHUB_ACTOR),
    };
  }
  if (env.GITLAB_CI === "true") {
    const url = env.CI_JOB_URL;
    return {
      provider: "GitLab CI",
      ...(url === undefined ? {} : { url }),
      ...actor(env.GITLAB_USER_LOGIN),
    };
  }
  return env.CI === "true" ? { provider: "CI" } : undefined;
}

function actor(name: string | undefined): { actor?: string } {
  return name === undefined ? {} : { actor: name };
}

function projectName(cwd: string): string {
  try {
    const content = JSON.parse(readFileSync(path.join(cwd, "package.json"), "utf8")) as {
      name?: unknown;
    };
    if (typeof content.name === "string" && content.name !== "") return content.name;
  } catch {
    // No package.json, or none that can be read: the folder has a name too.
  }
  return path.basename(path.resolve(cwd));
}

function git(cwd: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    }).trim();
  } catch {
    return undefined;
  }
}
