import { createHash } from "node:crypto";
import { Injectable } from "@nestjs/common";

@Injectable()
export class SessionsService {
  private readonly open_ = new Map<string, { accountant: string; since: Date }>();
  private readonly exports = new Map<string, { accountant: string; month: string }>();

  async open(accountant: string, id: string) {
    this.open_.set(id, { accountant, since: new Date() });
  }

  async close(id: string) {
    this.open_.delete(id);
  }

  /** A token is good as long as its session is open. */
  async isRevoked(id: string) {
    return !this.open_.has(id);
  }

  async allowExport(ticket: string, accountant: string, month: string) {
    this.exports.set(this.digest(ticket), { accountant, month });
  }

  async takeExport(ticket: string) {
    const key = this.digest(ticket);
    const found = this.exports.get(key);
    this.exports.delete(key);
    return found;
  }

  async list(accountant: string) {
    return [...this.open_.values()].filter((session) => session.accountant === accountant);
  }

  private digest(ticket: string) {
    return createHash("sha256").update(ticket).digest("hex");
  }
}
