import { Injectable, Logger, UnauthorizedException } from "@nestjs/common";
import { AuthGuard } from "@nestjs/passport";

@Injectable()
export class JwtAuthGuard extends AuthGuard("jwt") {
  private readonly logger = new Logger(JwtAuthGuard.name);

  handleRequest<User>(err: Error | null, user: User | false, info?: Error): User {
    if (err || !user) {
      this.logger.warn(`refused: ${info?.name ?? "no user"}`);
      throw err ?? new UnauthorizedException();
    }
    return user;
  }
}
