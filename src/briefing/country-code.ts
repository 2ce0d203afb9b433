/**
 * What a country's code can be. Codes are facts and stand here; names are editorial and stand in
 * the publication's own documents, never here.
 */
export type CountryCodeKind = 'current' | 'former' | 'own' | 'unknown';

/**
 * What kind of code it is: an assigned ISO 3166-1 code (and XK, in use for Kosovo), the code of a
 * former state, or one of the publication's own, `X-` and capitals, such as `X-STATELESS`.
 */
export function countryCodeKind(code: string): CountryCodeKind {
  if (current.has(code)) return 'current';
  if (former.has(code)) return 'former';
  return /^X-[A-Z0-9]{1,12}$/.test(code) ? 'own' : 'unknown';
}

const current: ReadonlySet<string> = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS ' +
    'BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE ' +
    'EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM ' +
    'HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC ' +
    'LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA ' +
    'NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
    'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO ' +
    'TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK'
  ).split(' '),
);

/** Two letters as they were once assigned, and the four of ISO 3166-3. */
const former: ReadonlySet<string> = new Set(
  (
    'SU YU CS DD TP ZR BU AN FX YD DY HV NH RH VD NT PZ ' +
    'SUHH YUCS CSHH CSXX DDDE TPTL ZRCD BUMM ANHH FXFR YDYE DYBJ HVBF NHVU RHZW VDVN NTHH PZPA AIDJ ' +
    'BQAQ BYAA CTKI GEHH JTUM MIUM NQAQ PCHH PUUM SKIN WKUM FQHH'
  ).split(' '),
);
