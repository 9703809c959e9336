import { withoutAccents } from "../languages.ts";
import { byName } from "../memo.ts";

/** What handlers are for that nobody has to have signed in for, by their names, their addresses and where their files lie. */

const IN_ENGLISH =
  /log[-_]?in|sign[-_]?in|sign[-_]?on|authenticate|(?:google|facebook|apple|github|social|phone|mobile|telegram|wallet|biometric|otp)[-_]?o?auth|o?auth[-_]?(?:google|facebook|apple|github|social)|(?:verif\w*|validate|confirm|check)[-_]?(?:otp|code)|otp[-_]?verif|passwordless|\/(?:social|google|facebook|apple|github|kakao|naver|telegram|wallet|metamask|biometric|otp|mini-?app)(?:\/|$)|^(?:google|facebook|apple|github|linkedin|twitter|microsoft|kakao|naver|social|o_?auth2?)[-_]?(?:user|callback|success|redirect|handler)?$/iu;

/**
 * The same in Spanish, Portuguese and Italian, French, German and Dutch, Indonesian, Turkish, Vietnamese, Polish and Swedish.
 * What else is opened, joined or brought in is called so as well, and then the word does not stand alone: `/barang/masuk`.
 */
const ELSEWHERE = new RegExp(
  String.raw`inici(?:ar|o|a)[-_]?(?:de[-_]?)?ses(?:ion|sao)|se[-_]?connecter|einlogg|aanmelden|inloggen|logga[-_]?in|giris[-_]?yap|oturum[-_]?ac|dang[-_]?nhap|zaloguj|logowanie|^\/?(?:(?:api|v\d|auth|users?|usuarios?)\/)*(?:entrar|logar|logear|ingresar|acceder|accedi|accesso|acessar|connexion|connecter|masuk|giris|anmeld(?:en|ung)|autenti[ck](?:ar|a|acion|acao|azione|asi))(?:_?(?:user|usuario|utente|utilisateur|pengguna))?$`,
  "iu",
);

/** Does somebody get his token by it? Nobody has one before. */
export const saysSignIn = byName(
  (name): boolean => IN_ENGLISH.test(name) || ELSEWHERE.test(withoutAccents(name)),
);

/** … and does somebody sign up, who has none either? */
export const saysSignUp = byName((name): boolean =>
  /(?:^|[/.])(?:register|sign[-_]?up)(?:$|[/.])/iu.test(name),
);

/** … or is sent a link by which he gets in? */
export const saysLink = byName((name): boolean =>
  /magic[-_]?link|forgot|(?:reset|recover)[-_]?(?:password|link)|password[-_]?(?:reset|recovery)|send[-_]?link/iu.test(
    name,
  ),
);
