import { withoutAccents } from "../languages.ts";
import { byName } from "../memo.ts";

/** What fields and records are called that say whose something is, or prove it. */

/** What others know of somebody as well: what he is called, and where he is reached. */
const IN_ENGLISH =
  /^(?:_?id|uid|sub|(?:user|u)_?name|user(?:_?(?:id|e?mail))?|login|handle|e_?mail(?:_?(?:address|id))?|mail|name|ph|(?:phone|mobile|mob)(?:_?(?:number|no))?|account(?:_?(?:id|name|no))?|(?:user_?)?identity|(?:student|employee|staff|member|customer|client|patient|doctor|teacher|driver|seller|vendor|player|person|profile|participant)_?(?:id|no|number)|roll_?(?:no|number)|wallet(?:_?address)?|(?:(?:public|eth(?:ereum)?|account)_?)?address|public_?key|msisdn)$/iu;

/** What those call somebody by whom he signs in; `openid` and `unionid` are what WeChat calls him. */
const BY_PROVIDERS =
  /^(?:(?:google|facebook|fb|apple|github|gitlab|twitter|linkedin|microsoft|azure|instagram|tik_?tok|twitch|spotify|steam|slack|yahoo|social|provider|external|oauth|sns|firebase|telegram|tg|whats_?app|viber|vk|zalo|discord|kakao|naver|line|we_?chat|wx|weibo|qq|ding_?talk|fei_?shu|lark)_?(?:(?:user|open|union)_?)?(?:id|uid|sub)|(?:open|union)_?id)$/iu;

/** The same in Spanish, Portuguese and Italian, French and German, Indonesian, Turkish, Vietnamese and Polish. */
const ELSEWHERE =
  /^(?:(?:nombre|nome)(?:_?(?:de_?)?(?:usuario|utente))?|(?:id_?)?(?:usuario|utente|cliente|alumno|aluno|cuenta|conta)(?:_?id)?|correo(?:_?electronico)?|telefon[eo]?|celular|cpf|dni|cedula|matricula|nom(?:_?(?:d_?)?utilisateur)?|utilisateur|identifiant|courriel|pseudo|telephone|benutzer(?:_?name)?|nutzer_?name|nama(?:_?pengguna)?|(?:id_?)?pengguna|surel|no_?(?:hp|telp)|ni[mpk]|nisn|kullanici(?:_?(?:adi|id))?|e_?posta|ten_?(?:dang_?nhap|tai_?khoan)|tai_?khoan|so_?dien_?thoai|sdt|uzytkownik)$/iu;

/** Does a field say whom a record is about, with what others know of him as well? */
export const saysWho = byName(
  (name): boolean =>
    IN_ENGLISH.test(name) || BY_PROVIDERS.test(name) || ELSEWHERE.test(withoutAccents(name)),
);

/** … by what a provider calls him? Guests have no account there: `{ openid, nickName }` of WeChat is somebody. */
export function saysWhoOfProvider(name: string): boolean {
  return BY_PROVIDERS.test(name);
}

/** Records of which nobody but whom they were made for knows the identifier. */
export const IS_PROOF =
  /link|invit|session|challenge|nonce|ticket|request|magic|grant|attempt|device|pending|recover/iu;

/** What a record is asked for, changed by, or told apart by, beside what might be a proof. */
export const PROOF = /pass|pwd|\bpin\b|otp|code|secret|\bkey|token|verif|hash/iu;

/**
 * What tells in which part of a program somebody has his account, or of which kind it is. Many share it, so it says of nobody
 * who he is, and knowing it proves nothing; a code of a company may be kept from others.
 */
export const saysGroup = byName((name): boolean =>
  /^(?:(?:app(?:lication)?s?|tenant|org(?:ani[sz]ation)?|company|workspace|team|site|shop|store|realm|domain|project|branch|school|institution|department|clinic|hospital|region|country)(?:_?(?:id|slug|name|uuid))?|(?:user|account)?_?(?:roles?|type|kind)(?:_?(?:id|name))?)$/iu.test(
    name,
  ),
);

/** … by what somebody may? */
export const saysRole = byName((name): boolean =>
  /^(?:(?:user|account)_?)?(?:role|type)(?:_?name)?$/iu.test(name),
);
