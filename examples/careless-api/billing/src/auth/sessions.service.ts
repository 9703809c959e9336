import { Injectable } from "@nestjs/common";

@Injectable()
export class SessionsService {
  private readonly open_ = new Map<string, { accountant: string; since: Date }>();

  async open(accountant: string, id: string) {
    this.open_.set(id, { accountant, since: new Date() });
  }

  async list(accountant: string) {
    return [...this.open_.values()].filter((session) => session.accountant === accountant);
  }
}
