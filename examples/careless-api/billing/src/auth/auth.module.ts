import { Module } from "@nestjs/common";
import { ConfigModule, ConfigService } from "@nestjs/config";
import { JwtModule } from "@nestjs/jwt";
import { PassportModule } from "@nestjs/passport";
import { AuthService } from "./auth.service";
import { JwtStrategy } from "./jwt.strategy";
import { MachineTokenService } from "./machine-token.service";
import { SessionsService } from "./sessions.service";

@Module({
  imports: [
    ConfigModule,
    PassportModule,
    JwtModule.registerAsync({
      imports: [ConfigModule],
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        secret: config.get<string>("BILLING_JWT_SECRET") || "billing-secret",
        signOptions: {
          algorithm: "HS256",
          issuer: "parceldesk-billing",
          audience: "billing",
          expiresIn: "365d",
        },
        verifyOptions: {
          algorithms: ["HS256"],
          issuer: "parceldesk-billing",
          audience: "billing",
          maxAge: "365d",
        },
      }),
    }),
  ],
  providers: [AuthService, JwtStrategy, MachineTokenService, SessionsService],
  exports: [AuthService, JwtModule, MachineTokenService, SessionsService],
})
export class AuthModule {}
