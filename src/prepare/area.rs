//! Which units are prepared, in the words that people have for them: codes of two, four or six digits, names with or
//! without what kind of unit it is, pinyin of provinces.

use std::collections::{BTreeMap, BTreeSet};

use super::census::Census;
use super::hierarchy::Hierarchy;
use crate::messages;
use crate::nearest::nearest;
use crate::{Error, Result};

/// Which units are prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Area {
    /// The whole country: there is no outside.
    All,
    /// Provinces, by code.
    Provinces(Vec<String>),
    /// Prefectures, by code.
    Prefectures(Vec<String>),
    /// Provinces and prefectures beside each other.
    Parts {
        /// Provinces that are prepared whole, by code.
        provinces: Vec<String>,
        /// Prefectures beside them, by code.
        prefectures: Vec<String>,
    },
    /// A text, to be read as `Area::of_text` does.
    Named(String),
}

/// Provinces by code: name in short, pinyin.
pub(crate) const PROVINCES: [(&str, &str, &str); 31] = [
    ("110000", "北京", "beijing"),
    ("120000", "天津", "tianjin"),
    ("130000", "河北", "hebei"),
    ("140000", "山西", "shanxi"),
    ("150000", "内蒙古", "inner_mongolia"),
    ("210000", "辽宁", "liaoning"),
    ("220000", "吉林", "jilin"),
    ("230000", "黑龙江", "heilongjiang"),
    ("310000", "上海", "shanghai"),
    ("320000", "江苏", "jiangsu"),
    ("330000", "浙江", "zhejiang"),
    ("340000", "安徽", "anhui"),
    ("350000", "福建", "fujian"),
    ("360000", "江西", "jiangxi"),
    ("370000", "山东", "shandong"),
    ("410000", "河南", "henan"),
    ("420000", "湖北", "hubei"),
    ("430000", "湖南", "hunan"),
    ("440000", "广东", "guangdong"),
    ("450000", "广西", "guangxi"),
    ("460000", "海南", "hainan"),
    ("500000", "重庆", "chongqing"),
    ("510000", "四川", "sichuan"),
    ("520000", "贵州", "guizhou"),
    ("530000", "云南", "yunnan"),
    ("540000", "西藏", "tibet"),
    ("610000", "陕西", "shaanxi"),
    ("620000", "甘肃", "gansu"),
    ("630000", "青海", "qinghai"),
    ("640000", "宁夏", "ningxia"),
    ("650000", "新疆", "xinjiang"),
];

/// Other spellings of provinces.
const ALSO: [(&str, &str); 4] =
    [("neimenggu", "150000"), ("xizang", "540000"), ("nei mongol", "150000"), ("inner mongolia", "150000")];

/// Words for the whole country.
const COUNTRY: [&str; 7] = ["all", "china", "中国", "全国", "000000", "00", "zhongguo"];

impl Area {
    /// Whether a unit of this province and prefecture belongs to the area.
    pub fn contains(&self, province: &str, prefecture: &str) -> bool {
        let has = |codes: &[String], code: &str| codes.iter().any(|c| c == code);
        match self {
            Area::All => true,
            Area::Provinces(codes) => has(codes, province),
            Area::Prefectures(codes) => has(codes, prefecture),
            Area::Parts { provinces, prefectures } => {
                has(provinces, province) || has(prefectures, prefecture)
            }
            Area::Named(_) => false,
        }
    }

    /// Whether the whole of a province belongs to the area.
    pub(crate) fn whole_province(&self, province: &str) -> bool {
        let has = |codes: &[String]| codes.iter().any(|c| c == province);
        match self {
            Area::All => true,
            // A municipality is a province and a prefecture.
            Area::Provinces(codes) | Area::Prefectures(codes) => has(codes),
            Area::Parts { provinces, prefectures } => has(provinces) || has(prefectures),
            Area::Named(_) => false,
        }
    }

    /// The area in words, for a list of sources.
    pub fn words(&self) -> String {
        let of_provinces = |codes: &[String]| messages::area_of_provinces(codes.join(", ")).to_string();
        let of_prefectures = |codes: &[String]| messages::area_of_prefectures(codes.join(", ")).to_string();
        match self {
            Area::All => messages::known("the whole country"),
            Area::Provinces(codes) => of_provinces(codes),
            Area::Prefectures(codes) => of_prefectures(codes),
            Area::Parts { provinces, prefectures } => {
                format!("{}; {}", of_provinces(provinces), of_prefectures(prefectures))
            }
            Area::Named(text) => text.clone(),
        }
    }

    /// The area with its words read as codes of a census: every name, short code or pinyin that stands for one unit.
    ///
    /// # Errors
    /// Words that stand for nothing, for several units, or for a level that cannot be an area of its own.
    pub fn resolved(&self, census: &Census) -> Result<Area> {
        let names = Names::of(census);
        let each = |words: &[String], of: &dyn Fn(&str) -> Result<Part>| -> Result<Vec<String>> {
            words.iter().map(|word| of(word).map(|part| part.code().to_owned())).collect()
        };
        let empty = |kind: &str| Error::Data {
            what: messages::option_named(kind),
            found: messages::no_code(),
            expected: messages::codes_or_names(),
        };
        match self {
            Area::All => Ok(Area::All),
            Area::Named(text) => Area::of_text(text, census),
            Area::Provinces(words) if words.is_empty() => Err(empty("provinces")),
            Area::Prefectures(words) if words.is_empty() => Err(empty("prefectures")),
            Area::Provinces(words) => Ok(Area::Provinces(each(words, &|word| names.province(word))?)),
            Area::Prefectures(words) => Ok(Area::Prefectures(each(words, &|word| names.prefecture(word))?)),
            Area::Parts { provinces, prefectures } => Ok(Area::Parts {
                provinces: each(provinces, &|word| names.province(word))?,
                prefectures: each(prefectures, &|word| names.prefecture(word))?,
            }),
        }
    }

    /// The area that a text names: `福建`, `35`, `厦门市`, `浙江省+江西省`, `china`.
    ///
    /// # Errors
    /// As [`Area::resolved`].
    pub(crate) fn of_text(text: &str, census: &Census) -> Result<Area> {
        let words: Vec<&str> =
            text.split(['+', ',', '，', '、', '＋']).map(str::trim).filter(|word| !word.is_empty()).collect();
        if words.iter().any(|word| COUNTRY.contains(&word.to_lowercase().as_str())) {
            return match words.len() {
                1 => Ok(Area::All),
                _ => Err(Error::Usage {
                    found: messages::country_and_part(text),
                    expected: messages::country_or_parts(),
                }),
            };
        }
        let names = Names::of(census);
        let (mut provinces, mut prefectures) = (BTreeSet::new(), BTreeSet::new());
        for word in &words {
            match names.any(word)? {
                Part::Province(code) => provinces.insert(code),
                Part::Prefecture(code) => prefectures.insert(code),
            };
        }
        // A prefecture of a province that is there anyway adds nothing.
        prefectures.retain(|code| !provinces.contains(&census.hierarchy.province(code)));
        let list = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>();
        match (provinces.is_empty(), prefectures.is_empty()) {
            (true, true) => {
                Err(Error::Usage { found: messages::no_area_named(), expected: messages::name_an_area() })
            }
            (_, true) => Ok(Area::Provinces(list(provinces))),
            (true, _) => Ok(Area::Prefectures(list(prefectures))),
            _ => Ok(Area::Parts { provinces: list(provinces), prefectures: list(prefectures) }),
        }
    }
}

/// A part of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Province(String),
    Prefecture(String),
}

impl Part {
    fn code(&self) -> &str {
        match self {
            Part::Province(code) | Part::Prefecture(code) => code,
        }
    }
}

/// What kind a unit is, at the end of its name; longer ones first.
const KINDS: [&str; 14] = [
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "自治州",
    "地区",
    "林区",
    "省",
    "市",
    "盟",
    "州",
    "县",
    "区",
];

/// A name without its kind, if something is left.
fn plain(name: &str) -> &str {
    let short = KINDS.iter().find_map(|kind| name.strip_suffix(kind)).unwrap_or(name);
    if short.chars().count() >= 2 { short } else { name }
}

/// Names and codes of a census.
struct Names {
    file: String,
    hierarchy: Hierarchy,
    provinces: BTreeMap<String, String>,
    prefectures: BTreeMap<String, String>,
    counties: BTreeMap<String, String>,
}

impl Names {
    fn of(census: &Census) -> Names {
        let entries = |map: &BTreeMap<String, super::census::Entry>| -> BTreeMap<String, String> {
            map.values().map(|e| (e.code.clone(), e.name.clone())).collect()
        };
        let mut names = Names {
            file: census.file.clone(),
            hierarchy: census.hierarchy.clone(),
            provinces: entries(&census.provinces),
            prefectures: entries(&census.prefectures),
            counties: census.counties.iter().map(|e| (e.code.clone(), e.name.clone())).collect(),
        };
        // Provinces and prefectures of which only counties stand in the table, and units that are their own.
        for county in &census.counties {
            let province = census.hierarchy.province(&county.code);
            let stated = |code: &str| census.names.get(code).cloned();
            let known = PROVINCES.iter().find(|p| p.0 == province).map_or("", |p| p.1);
            let known = stated(&province).unwrap_or_else(|| known.to_owned());
            names.provinces.entry(province).or_insert(known);
            let prefecture = census.hierarchy.prefecture(&county.code);
            let own = prefecture == county.code;
            names.prefectures.entry(prefecture).or_insert_with_key(|code| match own {
                true => county.name.clone(),
                false => stated(code).unwrap_or_default(),
            });
        }
        names
    }

    /// Codes and names that a word stands for.
    fn found(word: &str, among: &BTreeMap<String, String>) -> Vec<String> {
        let exact: Vec<String> = among
            .iter()
            .filter(|(code, name)| *code == word || *name == word)
            .map(|(c, _)| c.clone())
            .collect();
        if !exact.is_empty() {
            return exact;
        }
        let short = plain(word);
        let same: Vec<String> =
            among.iter().filter(|(_, name)| plain(name) == short).map(|(c, _)| c.clone()).collect();
        if !same.is_empty() || short.chars().count() < 2 || !short.chars().all(|c| c > '\u{2e7f}') {
            return same;
        }
        // 恩施 for 恩施土家族苗族自治州.
        among.iter().filter(|(_, name)| name.starts_with(short)).map(|(c, _)| c.clone()).collect()
    }

    /// A code of two or four digits as six, where codes are those of China.
    fn code(&self, word: &str) -> Option<String> {
        if self.hierarchy.is_stated() {
            return None;
        }
        let digits = word.bytes().all(|b| b.is_ascii_digit()) && [2, 4, 6].contains(&word.len());
        digits.then(|| format!("{word:0<6}"))
    }

    fn pinyin(&self, word: &str) -> Option<&'static str> {
        if self.hierarchy.is_stated() {
            return None;
        }
        let word = word.to_lowercase().replace(['-', ' '], "_");
        let known = PROVINCES.iter().find(|p| p.2 == word).map(|p| p.0);
        known.or_else(|| ALSO.iter().find(|(name, _)| name.replace(' ', "_") == word).map(|(_, code)| *code))
    }

    fn province(&self, word: &str) -> Result<Part> {
        let code = self.code(word).or_else(|| self.pinyin(word).map(str::to_owned));
        let found = match code {
            Some(code) => Self::found(&code, &self.provinces),
            None => Self::found(word, &self.provinces),
        };
        self.one(word, found, "province").map(Part::Province)
    }

    fn prefecture(&self, word: &str) -> Result<Part> {
        let found = match self.code(word) {
            Some(code) => Self::found(&code, &self.prefectures),
            None => Self::found(word, &self.prefectures),
        };
        self.one(word, found, "prefecture").map(Part::Prefecture)
    }

    /// A province if the word stands for one, else a prefecture.
    fn any(&self, word: &str) -> Result<Part> {
        // 吉林市 is the prefecture, though the province is called 吉林.
        let exact = self
            .prefectures
            .iter()
            .find(|(code, name)| *name == word && self.hierarchy.province(code) != **code);
        if let Some((code, _)) = exact {
            return Ok(Part::Prefecture(code.clone()));
        }
        let province = self.province(word);
        let advises =
            |e: &Error, key: &str| matches!(e, Error::Data { expected, .. } if expected.key() == key);
        match province {
            Ok(part) => Ok(part),
            Err(e) => self.prefecture(word).map_err(|other| {
                if advises(&e, "perhaps") {
                    e
                } else if advises(&e, "codes_in_it") && advises(&other, "codes_in_it") {
                    self.nowhere(word)
                } else {
                    other
                }
            }),
        }
    }

    /// A word that neither a province nor a prefecture is called by, nor anything like it.
    fn nowhere(&self, word: &str) -> Error {
        let first = |names: &BTreeMap<String, String>| names.values().find(|name| !name.is_empty()).cloned();
        let code = self.provinces.keys().next().cloned();
        let such = [first(&self.provinces), first(&self.prefectures), code].into_iter().flatten();
        Error::Usage {
            found: messages::no_such_area(word),
            expected: messages::such_as(such.collect::<Vec<_>>().join(messages::comma())),
        }
    }

    fn one(&self, word: &str, found: Vec<String>, kind: &str) -> Result<String> {
        let known = if kind == "province" { &self.provinces } else { &self.prefectures };
        let level =
            || if kind == "province" { messages::word_province() } else { messages::word_prefecture() };
        let named = |code: &str| {
            let name = known.get(code).map_or("", String::as_str);
            if name.is_empty() { code.to_owned() } else { format!("{code} {name}") }
        };
        match found.as_slice() {
            [code] => return Ok(code.clone()),
            [] => {}
            several => {
                let list: Vec<String> = several.iter().map(|code| named(code)).collect();
                return Err(Error::Usage {
                    found: messages::stands_for_several(
                        word,
                        list.join(&format!(" {} ", messages::word_and())),
                    ),
                    expected: messages::write_the_code(),
                });
            }
        }
        let county = Self::found(&self.code(word).unwrap_or_else(|| word.to_owned()), &self.counties);
        let expected = match county.as_slice() {
            [] => {
                let pinyin = PROVINCES.iter().filter(|p| known.contains_key(p.0)).map(|p| p.2);
                let whole = known.values().map(String::as_str).filter(|name| !name.is_empty());
                let names = whole.clone().chain(whole.map(plain)).chain(pinyin);
                match nearest(word, names) {
                    Some(near) => messages::perhaps(near),
                    None => {
                        let some: Vec<String> = known.keys().take(3).map(|code| named(code)).collect();
                        messages::codes_in_it(level(), some.join(messages::comma()))
                    }
                }
            }
            counties => {
                let up: BTreeSet<String> =
                    counties.iter().map(|code| self.hierarchy.prefecture(code)).collect();
                let up: Vec<String> = up
                    .iter()
                    .map(|code| format!("{code} {}", self.prefectures.get(code).map_or("", String::as_str)))
                    .collect();
                messages::a_county_not_an_area(up.join(&format!(" {} ", messages::word_or())))
            }
        };
        Err(Error::Data {
            what: messages::the_unit_of_kind(level(), word),
            found: messages::not_in_the_file(&self.file),
            expected,
        })
    }
}
