import { Injectable } from "@nestjs/common";
import { AuthGuard } from "@nestjs/passport";

@Injectable()
export class JwtAuthGuard extends AuthGuard("jwt") {
  handleRequest<User>(err: Error | null, user: User): User {
    if (err) throw err;
    return user;
  }
}
