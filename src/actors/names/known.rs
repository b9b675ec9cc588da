//! Names that can hardly mean anything else, as newspapers of the English-speaking world write them: bodies, peoples,
//! and regions that lists of countries and cities leave out. Written from general knowledge.

use crate::actors::aliases::Aliases;
use crate::annotation::Kind;
use crate::page::Article;
use crate::tagger::{ByHash, hash, join};
use crate::text::Document;
use std::collections::BTreeSet;
use std::ops::Range;

/// International bodies, agencies, parties, armed movements, firms, newspapers, clubs; parted by semicolons.
const BODIES: &str = "\
UN; EU; NATO; Nato; WHO; WTO; IMF; IAEA; UNICEF; Unicef; UNESCO; Unesco; UNHCR; UNRWA; UNDP; UNAIDS; UNODC; WFP; OECD; \
OPEC; Opec; OPEC+; ASEAN; Asean; SADC; ECOWAS; Ecowas; OSCE; ICC; ICJ; INTERPOL; Interpol; Europol; Frontex; Eurostat; \
FIFA; Fifa; UEFA; Uefa; IOC; WADA; FIA; CONCACAF; World Bank; African Union; European Union; United Nations; \
Arab League; Gulf Cooperation Council; Security Council; Red Cross; Red Crescent; Amnesty International; \
Human Rights Watch; Oxfam; Greenpeace; Médecins Sans Frontières; Doctors Without Borders; Save the Children; \
World Food Programme; World Food Program; World Health Organization; World Health Organisation; \
World Trade Organization; World Trade Organisation; International Monetary Fund; European Commission; \
European Parliament; European Council; European Central Bank; ECB; International Criminal Court; \
International Court of Justice; Transparency International; Wikimedia; WWF; \
FBI; CIA; DHS; NSA; EPA; FDA; CDC; NIH; FEMA; Fema; FAA; FCC; FTC; IRS; NASA; Nasa; NOAA; USDA; DOJ; TSA; DEA; NLRB; \
NTSB; USAID; USPS; ACLU; NAACP; AARP; NRA; AFL-CIO; GOP; DNC; RNC; CBP; NYPD; LAPD; White House; Pentagon; Kremlin; \
Federal Reserve; State Department; Justice Department; Treasury Department; Democratic Party; Republican Party; \
Democratic National Committee; Republican National Committee; Heritage Foundation; Planned Parenthood; Proud Boys; \
Oath Keepers; Ku Klux Klan; Freedom Caucus; Secret Service; Coast Guard; National Guard; Congress; Senate; Parliament; \
Securities and Exchange Commission; Federal Trade Commission; Environmental Protection Agency; \
Food and Drug Administration; Centers for Disease Control and Prevention; Department of Homeland Security; \
NHS; MI5; MI6; GCHQ; HMRC; Ofcom; Ofgem; Ofsted; Ofwat; SNP; DUP; SDLP; UKIP; Ukip; RSPCA; RNLI; TUC; Labour Party; \
Conservative Party; Green Party; Reform UK; Plaid Cymru; Sinn Féin; Sinn Fein; Fianna Fáil; Fine Gael; Home Office; \
Foreign Office; Met Office; Metropolitan Police; Met Police; Scotland Yard; Crown Prosecution Service; Bank of England; \
National Trust; House of Commons; House of Lords; House of Representatives; Dáil; Oireachtas; Garda Síochána; RTÉ; \
Bundestag; Bundesbank; Knesset; Duma; State Duma; Lok Sabha; Rajya Sabha; Dewan Rakyat; Politburo; Communist Party; \
RCMP; CSIS; CBC; Bloc Québécois; NDP; Liberal Party; Labor Party; ASIO; ABC News; CSIRO; \
BJP; Bharatiya Janata Party; AAP; Aam Aadmi Party; Shiv Sena; Trinamool Congress; RSS; CBI; ISRO; Isro; RBI; SEBI; Sebi; \
NITI Aayog; Reserve Bank of India; BCCI; PTI; PML-N; UMNO; Umno; Barisan Nasional; Pakatan Harapan; Bersatu; MACC; LDP; \
Kuomintang; KMT; PLA; ANC; EFF; IFP; COSATU; Cosatu; Numsa; SAPS; Saps; Eskom; Transnet; Sasol; SABC; \
African National Congress; Economic Freedom Fighters; Democratic Alliance; Inkatha Freedom Party; Zanu-PF; ZANU-PF; \
SWAPO; Swapo; Frelimo; Renamo; MPLA; Chama Cha Mapinduzi; INEC; EFCC; NAFDAC; NNPC; NDLEA; APC; PDP; \
All Progressives Congress; Peoples Democratic Party; Central Bank of Nigeria; Safaricom; KANU; \
Fatah; Likud; AKP; PKK; PLO; Mossad; Shin Bet; IDF; IRGC; FSB; KGB; GRU; SBU; Hamas; Hezbollah; Hizbollah; Hizbullah; \
Taliban; Islamic State; ISIS; ISIL; Al-Qaeda; al-Qaeda; Al Qaeda; al Qaeda; al-Qaida; Al-Qaida; Al-Shabaab; \
al-Shabaab; al-Shabab; Al-Shabab; al Shabaab; Al Shabaab; Boko Haram; Islamic Jihad; Muslim Brotherhood; Wagner Group; \
Revolutionary Guard; Revolutionary Guards; Revolutionary Guard Corps; FARC; M23; AfD; CDU; SPD; Fidesz; Syriza; Podemos; \
National Rally; Rassemblement National; \
BBC; BBC News; CNN; CNBC; MSNBC; CBS; CBS News; NBC; NBC News; PBS; NPR; ESPN; ITV; Sky News; Fox News; AFP; \
Agence France-Presse; Reuters; Associated Press; Bloomberg News; Al Jazeera; Al Arabiya; Al-Jazeera; Xinhua; TASS; Tass; \
RIA Novosti; Interfax; Kyodo; Yonhap; NHK; Haaretz; Politico; Axios; BuzzFeed; HuffPost; ProPublica; Breitbart; Newsmax; \
Deutsche Welle; Der Spiegel; Le Monde; El País; El Pais; New York Times; Washington Post; Wall Street Journal; \
Financial Times; Los Angeles Times; USA Today; Boston Globe; Chicago Tribune; Miami Herald; New Yorker; Daily Mail; \
Daily Telegraph; Daily Mirror; Sunday Times; Evening Standard; Times of India; Hindustan Times; Indian Express; \
Press Trust of India; South China Morning Post; Global Times; People’s Daily; People's Daily; Getty Images; \
Shutterstock; News24; eNCA; Mail & Guardian; Voice of America; Radio Free Europe; WikiLeaks; Wikileaks; Wikipedia; \
Bellingcat; Lusa; Efe; Ansa; USA TODAY; RealClearPolitics; Real Clear Politics; Breitbart News; Fox News Channel; \
Sky Sports; Daily Beast; National Review; Whole Foods; Tinder; PGA Tour; Scientology; Church of Scientology; \
Black Lives Matter; Clinton Foundation; Girl Scouts; Boy Scouts; Swiss Re; Awami League; Khmer Rouge; Viet Cong; \
Tamil Tigers; IRA; Solidarity; House of Councillors; National Assembly; High Court; Supreme Court; Court of Appeal; \
Central Committee; Warner Music; Sony Music; Universal Music; Rotten Tomatoes; Pew Research Center; Roscosmos; \
Department of Justice; Department of Defense; Department of State; E.U.; E.P.A.; F.B.I.; C.I.A.; I.R.S.; U.N.; N.F.L.; \
Google; Microsoft; Facebook; Instagram; TikTok; YouTube; Twitter; WhatsApp; Netflix; Nvidia; OpenAI; Anthropic; \
DeepMind; SpaceX; Blue Origin; Uber; Lyft; Airbnb; Huawei; ZTE; Alibaba; Tencent; ByteDance; Baidu; Xiaomi; Samsung; \
Sony; Nintendo; Qualcomm; IBM; Intel; AMD; Cisco; PayPal; eBay; LinkedIn; Snapchat; Spotify; Reddit; Pinterest; \
Salesforce; Palantir; Foxconn; TSMC; Nokia; Ericsson; Vodafone; Verizon; AT&T; T-Mobile; Comcast; Coinbase; Binance; \
Starlink; Boeing; Airbus; Lockheed Martin; Northrop Grumman; Raytheon; Rolls-Royce; BP; ExxonMobil; Exxon; Chevron; \
TotalEnergies; Aramco; Saudi Aramco; Gazprom; Rosneft; Lukoil; Petronas; Petrobras; Equinor; Glencore; Rio Tinto; BHP; \
De Beers; ArcelorMittal; Infosys; Wipro; Toyota; Honda; Nissan; Hyundai; Volkswagen; BMW; General Motors; Stellantis; \
Renault; BYD; Pfizer; Moderna; BioNTech; AstraZeneca; Novartis; Merck; GSK; GlaxoSmithKline; Sanofi; Eli Lilly; \
Novo Nordisk; Johnson & Johnson; Walmart; Costco; Starbucks; McDonald's; McDonald’s; Coca-Cola; PepsiCo; Nestlé; Nestle; \
Unilever; Tesco; Sainsbury's; Sainsbury’s; Asda; Aldi; Lidl; Ikea; IKEA; Nike; Adidas; Goldman Sachs; JPMorgan; \
JPMorgan Chase; JP Morgan; Morgan Stanley; Citigroup; Citibank; Bank of America; Wells Fargo; HSBC; Barclays; NatWest; \
Deutsche Bank; UBS; Credit Suisse; BNP Paribas; Santander; Standard Chartered; BlackRock; Moody's; Moody’s; S&P Global; \
Standard & Poor's; Standard & Poor’s; McKinsey; Deloitte; KPMG; PwC; Accenture; Berkshire Hathaway; Warner Bros; \
Warner Bros.; British Airways; Ryanair; easyJet; flydubai; Lufthansa; Qatar Airways; Etihad; Air India; IndiGo; AirAsia; \
Malaysia Airlines; Qantas; United Airlines; American Airlines; Delta Air Lines; Southwest Airlines; Kenya Airways; \
FedEx; DHL; Maersk; Mastercard; American Express; PG&E; General Electric; Siemens; Hitachi; Mitsubishi; Panasonic; \
Toshiba; SoftBank; Monsanto; Cargill; \
NBA; NFL; MLB; NHL; Manchester United; Manchester City; Man United; Man City; Man Utd; Tottenham Hotspur; West Ham; \
West Ham United; Newcastle United; Aston Villa; Leicester City; Nottingham Forest; Leeds United; Bayern Munich; \
Real Madrid; Atletico Madrid; Atlético Madrid; Borussia Dortmund; Juventus; AC Milan; Inter Milan; \
Paris Saint-Germain; PSG; Benfica; Kaizer Chiefs; Orlando Pirates; Mamelodi Sundowns; Lakers; Red Sox; Yankees; Dodgers; \
Steelers; Packers";

/// Nouns for people by nation, faith, party or origin whose singular no list of nations holds; parted by semicolons.
const PEOPLES: &str = "\
Muslims; Christians; Jews; Hindus; Sikhs; Buddhists; Catholics; Protestants; Sunnis; Shias; Shiites; Evangelicals; \
Mormons; Yazidis; Alawites; Druze; Kurds; Arabs; Uyghurs; Uighurs; Rohingya; Rohingyas; Tibetans; Kashmiris; Tamils; \
Punjabis; Bengalis; Gujaratis; Pashtuns; Hazaras; Tajiks; Uzbeks; Kazakhs; Chechens; Hutus; Tutsis; Zulus; Xhosas; \
Basotho; Batswana; Swazis; Emiratis; Saudis; Afghans; Turks; Finns; Swedes; Danes; Poles; Spaniards; Scots; Britons; \
Brits; Serbs; Croats; Czechs; Slovaks; Greeks; Filipinos; Argentines; Kazakhstanis; Kosovars; Catalans; Basques; Gazans; \
Africans; Europeans; Asians; Westerners; Latinos; Latinas; Hispanics; Afrikaners; Inuit; Māori; Maori; Yoruba; \
African Americans; Native Americans; Asian Americans; Black Americans; White Americans; Arab Americans; \
South Africans; North Koreans; South Koreans; Sri Lankans; New Zealanders; Puerto Ricans; Saudi Arabians; \
Republicans; Democrats; Tories; Whigs; Marxists; Londoners; Parisians; New Yorkers; Texans; Californians; Floridians; \
Virginians; Ohioans; Iowans; Michiganders; Minnesotans; Georgians; Alabamians; Alaskans; Arizonans; Coloradans; \
Nebraskans; Nevadans; Oregonians; Pennsylvanians; Tennesseans; Utahns; Wisconsinites; Hawaiians; Louisianans; \
Marylanders; Montanans; Oklahomans; Kansans; Mississippians; Missourians; Kentuckians; Hoosiers; North Carolinians; \
South Carolinians; North Dakotans; South Dakotans; New Mexicans; West Virginians; Torontonians; Quebecers; Québécois; \
Ontarians; Albertans; Queenslanders; Tasmanians; Glaswegians; Liverpudlians; Corsicans; Sicilians; Bavarians; Berliners";

/// Continents, regions and well-known places; parted by semicolons.
const PLACES: &str = "\
Africa; Europe; Asia; Antarctica; Oceania; North America; South America; Latin America; Central America; North Africa; \
West Africa; East Africa; Southern Africa; Eastern Europe; Western Europe; Central Asia; South Asia; East Asia; \
Southeast Asia; South-East Asia; Middle East; Far East; Scandinavia; Balkans; Caucasus; Sahel; Sahara; Kashmir; Crimea; \
Donbas; Donbass; Gaza; Gaza Strip; Gaza City; West Bank; East Jerusalem; Golan Heights; Sinai; Catalonia; Flanders; \
England; Scotland; Wales; Northern Ireland; Siberia; Manchuria; Tibet; Xinjiang; Chechnya; Dagestan; Darfur; Tigray; \
Biafra; Soviet Union; USSR; DPRK; Yugoslavia; Czechoslovakia; East Germany; West Germany; Zaire; Baltics; \
New Hampshire; New Jersey; New Mexico; Rhode Island; South Dakota; North Dakota; West Virginia; Oval Office; \
Badger State; Bluegrass State; Buckeye State; Garden State; Golden State; Granite State; Hoosier State; \
Keystone State; Lone Star State; Palmetto State; Peach State; Silver State; Sunshine State; Empire State; Big Apple; \
Windy City; Las Vegas Strip; Walk of Fame; Cape Canaveral; Bay of Bengal; Victoria Falls; Puntland; Somaliland; Transnistria; Nagorno-Karabakh; Abkhazia; South Ossetia; Red Sea; Black Sea; Baltic Sea; \
North Sea; South China Sea; Persian Gulf; Gulf of Mexico; Strait of Hormuz; Suez Canal; Panama Canal; Mediterranean; \
Himalayas; Alps; French Alps; Swiss Alps; Andes; Nile; Danube; Mekong; Mount Everest; Kilimanjaro; Hollywood; \
Silicon Valley; Wall Street; Capitol Hill; Times Square; Manhattan; Brooklyn; Harlem; Long Island; Soweto; Khayelitsha; \
Zanzibar; Dar es Salaam; Midwest; Bay Area; Great Lakes; Rocky Mountains; Great Barrier Reef; Mars";

/// Services that people also only write on.
pub fn is_platform(word: &str) -> bool {
    matches!(
        word,
        "X" | "Twitter"
            | "Facebook"
            | "Instagram"
            | "TikTok"
            | "YouTube"
            | "Telegram"
            | "WhatsApp"
            | "WeChat"
            | "Weibo"
            | "LinkedIn"
            | "Snapchat"
            | "Reddit"
            | "Bluesky"
            | "Tinder"
            | "Zoom"
            | "Skype"
            | "Truth"
    )
}

/// The phrases of the lists.
pub struct Known {
    /// By the hash of the first token: how many tokens the longest phrase has that begins so.
    first: ByHash<usize>,
    /// By the hashes of all tokens, joined.
    whole: ByHash<Kind>,
    /// The hashes of the singular of each people in one word: "Texan".
    people: BTreeSet<u64>,
    /// Names that stand for each other.
    pub aliases: Aliases,
}

impl Known {
    /// Reads the lists.
    pub fn new() -> Self {
        let mut known = Self {
            first: ByHash::default(),
            whole: ByHash::default(),
            people: BTreeSet::new(),
            aliases: Aliases::new(),
        };
        for (list, kind) in [(BODIES, Kind::Organisation), (PEOPLES, Kind::Group), (PLACES, Kind::Place)] {
            for phrase in list.split("; ") {
                if let Some(one) = phrase.strip_suffix('s').filter(|_| kind == Kind::Group) {
                    known.people.insert(hash(one));
                }
                let article = Article::from_text(phrase);
                let document = Document::new(&article);
                let mut hashes = (0..document.tokens.len()).map(|at| hash(document.word(at)));
                let Some(head) = hashes.next() else { continue };
                let longest = known.first.entry(head).or_default();
                *longest = document.tokens.len().max(*longest);
                known.whole.insert(hashes.fold(head, join), kind);
            }
        }
        known
    }

    /// The word of this hash means one of a people.
    pub fn is_people(&self, word: u64) -> bool {
        self.people.contains(&word)
    }

    /// These tokens are a phrase of the lists.
    pub fn is_whole(&self, document: &Document, tokens: &Range<usize>) -> bool {
        let hashes = tokens.clone().map(|at| hash(document.word(at)));
        self.longest(hashes).is_some_and(|(length, _)| length == tokens.len())
    }

    /// The longest phrase that `hashes` begins with, the hashes of tokens as they are written: how many tokens it has.
    pub fn longest(&self, mut hashes: impl Iterator<Item = u64>) -> Option<(usize, Kind)> {
        let mut key = hashes.next()?;
        let longest = *self.first.get(&key)?;
        let mut best = self.whole.get(&key).map(|kind| (1, *kind));
        for (length, next) in (2..=longest).zip(hashes) {
            key = join(key, next);
            best = self.whole.get(&key).map(|kind| (length, *kind)).or(best);
        }
        best
    }
}
