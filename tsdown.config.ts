import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    compliance: "src/compliance/index.ts",
    formatter: "src/formatter.ts",
    cli: "src/cli.ts",
  },
  format: "esm",
  platform: "node",
  target: "node20.19",
  dts: true,
  fixedExtension: false,
});
