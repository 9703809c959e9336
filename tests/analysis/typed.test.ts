import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
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

const CODE = 'import { SECRET } from "@/config"; SECRET';

write("src/main.ts", `${CODE};\n`);
write("src/config/index.ts", 'export const SECRET = "behind-an-alias";\n');
write(
  "tsconfig.json",
  JSON.stringify({
    compilerOptions: {
      module: "esnext",
      moduleResolution: "bundler",
      strict: true,
      paths: { "@/*": ["./src/*"] },
    },
    include: ["src"],
  }),
);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a path alias", { timeout: 60_000 }, () => {
  const filename = path.join(folder, "src/main.ts");

  it("is out of sight without a program", () => {
    expect(valueOf(CODE, { filename })).toBe("module @/config.SECRET");
  });

  it("is looked up in the TypeScript program where there is one", () => {
    const parserOptions = { project: path.join(folder, "tsconfig.json"), tsconfigRootDir: folder };
    expect(valueOf(`${CODE};\n`, { filename, parserOptions })).toBe('"behind-an-alias"');
  });

  it("stays out of sight when the setting says so", () => {
    const parserOptions = { project: path.join(folder, "tsconfig.json"), tsconfigRootDir: folder };
    expect(valueOf(`${CODE};\n`, { filename, parserOptions, settings: { crossFile: "off" } })).toBe(
      "module @/config.SECRET",
    );
  });
});
