import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { valueOf } from "../kit/show.ts";

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "jwt-audit-typed-")));

function write(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const CODE = 'import { SECRET } from "@acme/config"; SECRET';

write("src/main.ts", `${CODE};\n`);
write("packages/config/lib/all.ts", 'export const SECRET = "in-the-workspace";\n');
write(
  "packages/config/package.json",
  JSON.stringify({ exports: { "@acme/source": "./lib/all.ts", default: "./dist/index.js" } }),
);
mkdirSync(path.join(folder, "node_modules/@acme"), { recursive: true });
symlinkSync(
  path.join(folder, "packages/config"),
  path.join(folder, "node_modules/@acme/config"),
  "dir",
);
write(
  "tsconfig.json",
  JSON.stringify({
    compilerOptions: {
      module: "esnext",
      moduleResolution: "bundler",
      strict: true,
      customConditions: ["@acme/source"],
    },
    include: ["src"],
  }),
);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a part of a workspace under a condition of its own", { timeout: 60_000 }, () => {
  const filename = path.join(folder, "src/main.ts");

  it("is out of sight without a program", () => {
    expect(valueOf(CODE, { filename })).toBe("module @acme/config.SECRET");
  });

  it("is looked up in the TypeScript program where there is one", () => {
    const parserOptions = { project: path.join(folder, "tsconfig.json"), tsconfigRootDir: folder };
    expect(valueOf(`${CODE};\n`, { filename, parserOptions })).toBe('"in-the-workspace"');
  });

  it("stays out of sight when the setting says so", () => {
    const parserOptions = { project: path.join(folder, "tsconfig.json"), tsconfigRootDir: folder };
    expect(valueOf(`${CODE};\n`, { filename, parserOptions, settings: { crossFile: "off" } })).toBe(
      "module @acme/config.SECRET",
    );
  });
});
