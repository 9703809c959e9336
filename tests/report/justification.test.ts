import { describe, expect, it } from "vitest";
import { readJustification } from "../../src/report/justification.ts";

describe("readJustification", () => {
  it("reads all parts, in any order", () => {
    const expected = {
      reason: "test double only",
      ticket: "SEC-123",
      approver: "@alice",
      expires: "2027-03-31",
      malformed: [],
    };
    for (const text of [
      "SEC-123; test double only; approved-by @alice; expires 2027-03-31",
      "expires: 2027-03-31, approved by @alice, SEC-123, test double only",
      "test double only (SEC-123) approved-by: @alice until 2027-03-31",
    ]) {
      expect(readJustification(text)).toEqual(expected);
    }
  });

  it.each([
    ["#42; known", "#42"],
    ["acme/api#42; known", "acme/api#42"],
    ["known, see https://tracker.example/T-1?x=1.", "https://tracker.example/T-1?x=1"],
    ["GH-7 known", "GH-7"],
  ])("finds the ticket in %s", (text, ticket) => {
    expect(readJustification(text).ticket).toBe(ticket);
  });

  it.each(["CWE-347 does not matter here", "RS-256 is fine", "needs RFC-8725", "SHA-256 only"])(
    "takes no standard for a ticket: %s",
    (text) => {
      expect(readJustification(text)).toEqual({ reason: text, malformed: [] });
    },
  );

  it("takes prose about expiry for prose", () => {
    for (const text of [
      "this token never expires in tests",
      "valid until the next release",
      "expires soon",
    ]) {
      expect(readJustification(text)).toEqual({ reason: text, malformed: [] });
    }
  });

  it.each(["31.12.2026", "2026/12/31", "2026-02-30", "2026-13-01"])(
    "names a date that is none: %s",
    (written) => {
      const read = readJustification(`known; expires ${written}`);
      expect(read.malformed).toEqual([written]);
      expect(read.expires).toBeUndefined();
      expect(read.reason).toBe("known");
    },
  );

  it("finds no reason in punctuation", () => {
    expect(readJustification(" ; -- , expires 2027-01-01")).toEqual({
      expires: "2027-01-01",
      malformed: [],
    });
    expect(readJustification("")).toEqual({ malformed: [] });
  });

  it("masks what looks like a secret", () => {
    expect(readJustification("password: hunter2hunter2 is only local").reason).not.toContain(
      "hunter2",
    );
  });

  it("reads owner and creation", () => {
    expect(readJustification("legacy; owner: bob@example.org; created 2026-01-01")).toEqual({
      reason: "legacy",
      owner: "bob@example.org",
      created: "2026-01-01",
      malformed: [],
    });
  });
});
