#!/usr/bin/env python3
"""Makes states.tsv: names of states from ISO 3166-1 (Debian package iso-codes), adjectives, usual names,
former states and seats of government from the tables below.

    apt-get install iso-codes && python3 make-states.py > states.tsv
"""
import json, re, unicodedata

ISO = "/usr/share/iso-codes/json/iso_3166-1.json"

# Dependent territories are no states; their names would take adjectives away from states.
TERRITORIES = set("""AS AI AQ AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GP GS GU HM IM IO JE KY MF MO MP MQ MS
NC NF NU PF PM PN PR PS RE SH SJ SX TC TF TK UM VG VI WF YT VA GL""".split())

# alpha-2: id, usual names, adjectives and inhabitants. An id is "-" for the slug of the first name.
USUAL = {
    "US": "us|United States|United States of America|U.S.|US|USA|U.S.A.|American|Americans",
    "GB": "uk|United Kingdom|Great Britain|Britain|UK|U.K.|British|Britons|England",
    "RU": "russia|Russia|Russian Federation|Russian|Russians",
    "KR": "south-korea|South Korea|Republic of Korea|ROK|South Korean|South Koreans",
    "KP": "north-korea|North Korea|Democratic People’s Republic of Korea|DPRK|North Korean|North Koreans",
    "IR": "iran|Iran|Islamic Republic of Iran|Iranian|Iranians",
    "SY": "syria|Syria|Syrian Arab Republic|Syrian|Syrians",
    "VN": "vietnam|Vietnam|Viet Nam|Vietnamese|North Vietnam|North Vietnamese|South Vietnam|South Vietnamese",
    "TW": "taiwan|Taiwan|Taiwanese",
    "CN": "china|China|People’s Republic of China|PRC|Chinese",
    "BA": "bosnia|Bosnia|Bosnia and Herzegovina|Bosnia-Herzegovina|Bosnian|Bosnians",
    "CZ": "czech-republic|Czech Republic|Czechia|Czech|Czechs",
    "VE": "venezuela|Venezuela|Venezuelan|Venezuelans",
    "BO": "bolivia|Bolivia|Bolivian|Bolivians",
    "TZ": "tanzania|Tanzania|Tanzanian|Tanzanians",
    "MD": "moldova|Moldova|Moldovan|Moldovans",
    "LA": "laos|Laos|Laotian|Laotians|Lao",
    "FR": "france|France|French",
    "JP": "japan|Japan|Japanese",
    "DE": "germany|Germany|Federal Republic of Germany|West Germany|West German|West Germans|German|Germans",
    "NL": "netherlands|Netherlands|Holland|Dutch",
    "TR": "turkey|Turkey|Türkiye|Turkish|Turks",
    "CI": "cote-divoire|Côte d’Ivoire|Ivory Coast|Ivorian|Ivorians",
    "CD": "dr-congo|Democratic Republic of the Congo|Democratic Republic of Congo|Zaire|Zairian",
    "CG": "congo|Republic of the Congo|Congo|Congolese",
    "GE": "georgia|Georgia|Republic of Georgia|Georgian|Georgians",
    "MK": "macedonia|Macedonia|North Macedonia|Former Yugoslav Republic of Macedonia|Macedonian|Macedonians",
    "MM": "myanmar|Myanmar|Burma|Burmese",
    "SZ": "eswatini|Eswatini|Swaziland|Swazi|Swazis",
    "CV": "cape-verde|Cape Verde|Cabo Verde|Cape Verdean|Cape Verdeans",
    "BN": "brunei|Brunei|Brunei Darussalam|Bruneian|Bruneians",
    "TL": "east-timor|East Timor|Timor-Leste|East Timorese|Timorese",
    "FM": "micronesia|Micronesia|Federated States of Micronesia|Micronesian|Micronesians",
    "HK": "hong-kong|Hong Kong",
    "KG": "kyrgyzstan|Kyrgyzstan|Kyrgyz Republic|Kyrgyz",
    "SA": "saudi-arabia|Saudi Arabia|Saudi|Saudis|Saudi Arabian",
    "AE": "united-arab-emirates|United Arab Emirates|UAE|Emirati|Emiratis",
    "SK": "slovakia|Slovakia|Slovak Republic|Slovak|Slovaks",
    "LY": "libya|Libya|Libyan|Libyans",
    "ST": "sao-tome-and-principe|São Tomé and Príncipe|Sao Tome and Principe",
    "GM": "gambia|Gambia|Gambian|Gambians",
    "SD": "sudan|Sudan|Sudanese",
    "LK": "sri-lanka|Sri Lanka|Ceylon|Sri Lankan|Sri Lankans",
    "KH": "cambodia|Cambodia|Kampuchea|Cambodian|Cambodians",
    "BF": "burkina-faso|Burkina Faso|Upper Volta|Burkinabe",
    "BY": "belarus|Belarus|Belarusian|Belarusians|Belarussian",
    "ZW": "zimbabwe|Zimbabwe|Rhodesia|Rhodesian|Zimbabwean|Zimbabweans",
    "DM": "dominica|Commonwealth of Dominica",
}
ADJECTIVES = dict(line.split(None, 1) for line in """AF Afghan Afghans
AL Albanian Albanians
DZ Algerian Algerians
AD Andorran Andorrans
AO Angolan Angolans
AG Antigua Antiguan Antiguans
AR Argentine Argentines Argentinian Argentinians Argentinean
AM Armenian Armenians
AU Australian Australians
AT Austrian Austrians
AZ Azerbaijani Azerbaijanis Azeri Azeris
BS Bahamian Bahamians
BH Bahraini Bahrainis
BD Bangladeshi Bangladeshis
BB Barbadian Barbadians
BE Belgian Belgians
BZ Belizean Belizeans
BJ Beninese
BT Bhutanese
BW Botswanan Batswana
BR Brazilian Brazilians
BG Bulgarian Bulgarians
BI Burundian Burundians
CM Cameroonian Cameroonians
CA Canadian Canadians
TD Chadian Chadians
CL Chilean Chileans
CO Colombian Colombians
KM Comorian
CR Costa_Rican Costa_Ricans
HR Croatian Croatians Croat Croats
CU Cuban Cubans
CY Cypriot Cypriots
DK Danish Danes
DJ Djiboutian
DO Dominican Dominicans
EC Ecuadorian Ecuadorians Ecuadorean
EG Egyptian Egyptians
SV Salvadoran Salvadorans
ER Eritrean Eritreans
EE Estonian Estonians
ET Ethiopian Ethiopians
FJ Fijian Fijians
FI Finnish Finns
GA Gabonese
GH Ghanaian Ghanaians
GR Greek Greeks
GD Grenadian Grenadians
GT Guatemalan Guatemalans
GN Guinean Guineans
GY Guyanese
HT Haitian Haitians
HN Honduran Hondurans
HU Hungarian Hungarians
IS Icelandic Icelanders
IN Indian Indians
ID Indonesian Indonesians
IQ Iraqi Iraqis
IE Irish
IL Israeli Israelis
IT Italian Italians
JM Jamaican Jamaicans
JO Jordanian Jordanians
KZ Kazakh Kazakhs Kazakhstani
KE Kenyan Kenyans
KW Kuwaiti Kuwaitis
LV Latvian Latvians
LB Lebanese
LR Liberian Liberians
LT Lithuanian Lithuanians
LU Luxembourger Luxembourgers
MG Malagasy
MW Malawian Malawians
MY Malaysian Malaysians
MV Maldivian Maldivians
ML Malian Malians
MT Maltese
MR Mauritanian Mauritanians
MU Mauritian Mauritians
MX Mexican Mexicans
MN Mongolian Mongolians
ME Montenegrin Montenegrins
MA Moroccan Moroccans
MZ Mozambican Mozambicans
NA Namibian Namibians
NR Nauruan
NP Nepalese Nepali
NZ New_Zealander New_Zealanders
NI Nicaraguan Nicaraguans
NE Nigerien
NG Nigerian Nigerians
NO Norwegian Norwegians
OM Omani Omanis
PK Pakistani Pakistanis
PW Palauan
PA Panamanian Panamanians
PG Papua_New_Guinean
PY Paraguayan Paraguayans
PE Peruvian Peruvians
PH Filipino Filipinos Philippine
PL Polish Poles
PT Portuguese
QA Qatari Qataris
RO Romanian Romanians Rumania
RW Rwandan Rwandans
WS Samoan Samoans
SN Senegalese
RS Serbian Serbians Serb Serbs
SC Seychellois
SL Sierra_Leonean Sierra_Leoneans
SG Singaporean Singaporeans
SI Slovenian Slovenians Slovene Slovenes
SO Somali Somalis
ZA South_African South_Africans
SS South_Sudanese
ES Spanish Spaniards
SR Surinamese
SE Swedish Swedes
CH Swiss
TJ Tajik Tajiks
TH Thai Thais
TG Togolese
TO Tongan Tongans
TT Trinidadian Trinidadians Trinidad
LS Basotho
GW Bissau-Guinean Bissau-Guineans
KN St._Kitts_and_Nevis St._Kitts Saint_Kitts Kittitian
LC St._Lucia St._Lucian Saint_Lucian
VC St._Vincent_and_the_Grenadines St._Vincent Saint_Vincent Vincentian
KI I-Kiribati
MH Marshallese
VU Ni-Vanuatu
SB Solomon_Islander Solomon_Islanders
MC Monegasque
LI Liechtensteiner
GQ Equatoguinean
TN Tunisian Tunisians
TM Turkmen
TV Tuvaluan
UG Ugandan Ugandans
UA Ukrainian Ukrainians
UY Uruguayan Uruguayans
UZ Uzbek Uzbeks Uzbekistani
YE Yemeni Yemenis
ZM Zambian Zambians""".split("\n"))

SEATS = dict(line.split(None, 1) for line in """US Washington
RU Moscow|Kremlin
CN Beijing|Peking
JP Tokyo
DE Berlin|Bonn
TR Ankara
KP Pyongyang
IQ Baghdad
FR Paris|Quai d’Orsay
EG Cairo
IN New Delhi|Delhi
IL Jerusalem|Tel Aviv
KR Seoul
UA Kiev|Kyiv
RS Belgrade
CU Havana
AF Kabul
CA Ottawa
JO Amman
AT Vienna
ES Madrid
IT Rome
GB London|Whitehall|Downing Street
PL Warsaw
HU Budapest
LY Tripoli
PK Islamabad
SA Riyadh
VN Hanoi|Saigon
IR Tehran|Teheran
SE Stockholm
GR Athens
TW Taipei
SY Damascus
AR Buenos Aires
BR Brasília|Brasilia
AU Canberra
CZ Prague
RO Bucharest
BG Sofia
PT Lisbon
DK Copenhagen
NO Oslo
FI Helsinki
ID Jakarta
TH Bangkok
MY Kuala Lumpur
PH Manila
ZA Pretoria
NG Abuja
ET Addis Ababa
KE Nairobi
SD Khartoum
LB Beirut
MM Rangoon|Yangon|Naypyidaw
HR Zagreb
BA Sarajevo
VE Caracas
CO Bogotá|Bogota
PE Lima
CL Santiago
MX Mexico City
IE Dublin
CY Nicosia
EE Tallinn
LV Riga
LT Vilnius
BY Minsk
GE Tbilisi
AM Yerevan
AZ Baku
KZ Astana
SK Bratislava
SI Ljubljana
AL Tirana
MK Skopje
ME Podgorica
MD Chisinau|Chișinău
IS Reykjavik|Reykjavík
MT Valletta
CH Bern|Berne
DZ Algiers
MA Rabat
TN Tunis
MR Nouakchott
YE Sanaa|Sana’a
OM Muscat
BH Manama
AE Abu Dhabi
BD Dhaka
NP Kathmandu
BT Thimphu
LK Colombo
KH Phnom Penh
LA Vientiane
MN Ulaanbaatar|Ulan Bator
TJ Dushanbe
KG Bishkek
TM Ashgabat
UY Montevideo
PY Asunción|Asuncion
EC Quito
BO La Paz
HN Tegucigalpa
NI Managua
SV San Salvador
GT Guatemala City
PA Panama City
DO Santo Domingo
HT Port-au-Prince
SR Paramaribo
TT Port of Spain
BB Bridgetown
GH Accra
SN Dakar
CI Abidjan|Yamoussoukro
ML Bamako
NE Niamey
BF Ouagadougou
GN Conakry
LR Monrovia
SL Freetown
GM Banjul
TG Lomé|Lome
BJ Cotonou
CM Yaoundé|Yaounde
GA Libreville
CG Brazzaville
CD Kinshasa
AO Luanda
ZM Lusaka
ZW Harare
MZ Maputo
NA Windhoek
BW Gaborone
LS Maseru
SZ Mbabane
MG Antananarivo
UG Kampala
RW Kigali
BI Bujumbura
TZ Dar es Salaam|Dodoma
ER Asmara
SO Mogadishu
SS Juba
TD N’Djamena
CF Bangui
MW Lilongwe
PG Port Moresby
TL Dili
UZ Tashkent""".split("\n"))

FORMER = """ussr|Soviet Union|Soviet|Soviets|USSR|U.S.S.R.|Union of Soviet Socialist Republics|Soviet Russia\t1922-1991\tMoscow|Kremlin
yugoslavia|Yugoslavia|former Yugoslavia|Yugoslav|Yugoslavs|Yugoslavian|Federal Republic of Yugoslavia\t1918-2003\tBelgrade
czechoslovakia|Czechoslovakia|Czechoslovak|Czechoslovakian\t1918-1992\tPrague
east-germany|East Germany|German Democratic Republic|GDR|East German|East Germans\t1949-1990\tEast Berlin
serbia-and-montenegro|Serbia and Montenegro\t2003-2006
kosovo|Kosovo|Kosovar|Kosovars\t
former-soviet-republics|former Soviet republics|Soviet successor states|former Soviet states|post-Soviet states|former Soviet republic\t1991-
ottoman-empire|Ottoman Empire|Ottoman|Ottomans\t1299-1922\tConstantinople|Sublime Porte|Porte
austria-hungary|Austria-Hungary|Austro-Hungarian|Austro-Hungarian Empire|Habsburg Monarchy|Habsburg Empire\t1867-1918\tVienna
russian-empire|Russian Empire|Tsarist Russia|Imperial Russia\t1721-1917\tSaint Petersburg|St. Petersburg
prussia|Prussia|Prussian|Prussians\t1701-1918\tBerlin
palestinian-authority|Palestinian Authority|Palestinian National Authority\t1994-
palestine|Palestine|State of Palestine\t
greenland|Greenland\t
european-states-none|Vatican City|Holy See\t""".split("\n")


def slug(text):
    text = unicodedata.normalize("NFKD", text.replace("’", ""))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return "-".join(re.findall("[a-z0-9]+", text.lower()))


def row(ident, names, seats="", dates="", ids=""):
    seen = []
    for name in names:
        if name not in seen:
            seen.append(name)
    print("\t".join([ident, "state", seen[0], "|".join(seen[1:]), seats, "", dates, ids]).rstrip("\t"))


print("# States: id, kind, name, forms, seats of government, nouns, dates, identifiers. Made by make-states.py.")
for country in sorted(json.load(open(ISO))["3166-1"], key=lambda c: c["name"]):
    code = country["alpha_2"]
    if code in TERRITORIES:
        continue
    if code in USUAL:
        ident, *names = USUAL[code].split("|")
    else:
        name = (country.get("common_name") or country["name"]).split(",")[0].replace("'", "’")
        ident, names = slug(name), [name]
        official = country.get("official_name", "").replace("'", "’")
        if official and official[0].isupper() and "(" not in official:
            names.append(official)
    names += [a.replace("_", " ") for a in ADJECTIVES.get(code, "").split()]
    row(ident, names, SEATS.get(code, ""), "", "iso3:" + country["alpha_3"])
for line in FORMER:
    names, dates, *seats = line.split("\t")
    ident, *names = names.split("|")
    row("holy-see" if ident == "european-states-none" else ident, names, "".join(seats), dates)
