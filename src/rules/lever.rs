//! Levers: the named numbers through which policies act, and how two changes of one lever combine.
//!
//! An equation reads a lever's effective value; a policy proposes changes; nothing else touches them.
//! Changes combine by product, sum, least or greatest, so the order of policies carries no meaning.

use serde::{Deserialize, Serialize};

use crate::config::Parameters;
use crate::world::{Geography, SECTORS, Tier};

/// What one value of a lever belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One value for the whole area.
    Everywhere,
    /// One value a node.
    Node,
    /// One value a node and sector.
    Cell,
    /// One value a county.
    County,
    /// One value a border (village to seat, county, prefecture, province) and skill.
    Border,
}

/// How changes of one lever by several policies combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// Each change multiplies.
    Product,
    /// Each change adds.
    Sum,
    /// The smallest proposal holds.
    Least,
    /// The greatest proposal holds.
    Greatest,
    /// Only one policy may claim it.
    Exclusive,
}

/// One row of the lever table.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct LeverRow {
    /// The lever that the row is of.
    #[serde(skip)]
    pub lever: Lever,
    /// Name in scenarios and tables.
    pub name: &'static str,
    /// What one value of it belongs to.
    pub scope: Scope,
    /// Unit in words.
    pub unit: &'static str,
    /// What the neutral value is, in words.
    pub neutral: &'static str,
    /// Smallest effective value.
    pub least: f64,
    /// Largest effective value.
    pub greatest: f64,
    /// How changes by several policies combine.
    pub combine: Combine,
    /// What it moves, in one sentence.
    pub meaning: &'static str,
    /// The same in Chinese.
    pub meaning_zh: &'static str,
}

macro_rules! levers {
    ($( $lever:ident $name:literal $scope:ident $unit:literal $neutral:literal $least:literal .. $greatest:literal
        $combine:ident $meaning:literal $meaning_zh:literal ; )*) => {
        /// The levers of the model.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Lever { $( #[doc = $meaning] $lever, )* }

        /// The lever table; the position is the lever's number.
        pub static LEVERS: &[LeverRow] = &[ $( LeverRow {
            lever: Lever::$lever, name: $name, scope: Scope::$scope, unit: $unit, neutral: $neutral,
            least: $least, greatest: $greatest, combine: Combine::$combine, meaning: $meaning, meaning_zh: $meaning_zh,
        }, )* ];
    };
}

levers! {
    // Moving and settling
    MovingCost "moving_cost" Border "log points of income" "0" -10.0..10.0 Sum "Cost of living across a border from home, added to the base-year cost; negative makes moving easier." "离家跨界居住的成本，加在基年成本上；负值使迁移更容易。";
    AccessWorkers "access_workers" Node "share" "parameter access_workers" 0.001..1.0 Greatest "Access of non-local workers to services here." "外来普通劳动者在此可享有的公共服务份额。";
    AccessTalent "access_talent" Node "share" "parameter access_talent" 0.001..1.0 Greatest "Access of non-local talent to services here." "外来人才在此可享有的公共服务份额。";
    ConversionWorkers "conversion_workers" Node "per year" "parameter conversion_workers" 0.0..1.0 Greatest "Hazard that a non-local worker here converts registration." "在此居住的外来普通劳动者的年落户概率。";
    ConversionTalent "conversion_talent" Node "per year" "parameter conversion_talent" 0.0..1.0 Greatest "Hazard that non-local talent here converts registration." "在此居住的外来人才的年落户概率。";
    LandRetention "land_retention" Node "share" "parameter land_retention" 0.0..1.0 Greatest "Share of the land entitlement that people registered here keep while away." "在此登记户籍者外出时保留的土地权益份额。";
    AmenityWorkers "amenity_workers" Node "log points of income" "0" -5.0..5.0 Sum "Added to the utility of workers here." "加在此地普通劳动者效用上的数值。";
    AmenityTalent "amenity_talent" Node "log points of income" "0" -5.0..5.0 Sum "Added to the utility of talent here (housing, allowances paid by a budget)." "加在此地人才效用上的数值（住房、由预算支付的津贴）。";
    Congestion "congestion" Node "ratio" "1" 0.0..10.0 Product "Multiplies the loss from crowding here." "此地拥挤损失的倍数。";
    TrainingRate "training_rate" Node "per year" "0" 0.0..1.0 Sum "Probability that an untrained worker living here is trained." "在此居住的未受训劳动者接受培训的年概率。";
    PostedTalent "posted_talent" Node "persons" "0" -1e6..1e6 Sum "Talent posted to work here for the year; negative where it comes from, which keeps paying its wage." "当年派驻此地工作的人才；派出地为负，并继续支付其工资。";
    StartupPlatform "startup_platform" Node "ratio" "0" 0.0..10.0 Sum "Platform for start-ups at the home node, times b_3 and in its own right as log points." "户籍节点的创业平台：乘以 b_3，并直接计入对数点。";

    // Production
    Productivity "productivity" Cell "ratio" "1" 0.01..10.0 Product "Multiplies technology; tourism has none." "技术水平的倍数；旅游业无此项。";
    TechnologyGrowth "technology_growth" Cell "per year" "0" -0.2..0.5 Sum "Added to the growth of technology; tourism has none." "加在技术增长率上的数值；旅游业无此项。";
    RentalMarket "rental_market" Node "share" "0" 0.0..1.0 Greatest "Share of farm land that can be rented: A_a (1 + g_rent x share)." "可流转的农地份额：A_a (1 + g_rent x 份额)。";
    TradeWedge "trade_wedge" Node "ratio" "1" 0.3..1.0 Product "Multiplies the carriage of the trade wedge: of its part above one what is not search and delivery." "贸易成本楔子中运输部分（超过 1 的部分里除搜寻与配送以外者）的倍数。";
    OnlineWedge "online_wedge" Node "ratio" "1" 0.3..1.0 Product "Multiplies search and delivery in the trade wedge: the part wedge_online of what is above one." "贸易成本楔子中搜寻与配送部分（超过 1 部分的 wedge_online）的倍数。";
    OnlineRetail "online_retail" Node "share" "0" 0.0..1.0 Sum "Share of local service spending that goes to the hub." "本地服务支出中流向外部（网购）的份额。";
    ServiceLeakage "service_leakage" Node "ratio" "1" 0.0..2.0 Product "Multiplies the leakage of service spending to higher tiers." "服务支出流向更高层级比例的倍数。";
    Abatement "abatement" Node "share" "0" 0.0..1.0 Greatest "Share of industry that is cleaned." "完成治理的工业份额。";
    AbatementCost "abatement_cost" Node "share" "0" 0.0..0.5 Greatest "Cost of cleaning all industry, of its revenue, paid to the hub." "治理全部工业的成本占其收入的比例，付给外部账户。";
    VisitorAccess "visitor_access" Node "ratio" "1" 0.1..10.0 Product "Multiplies the pull on visitors." "对游客吸引力的倍数。";
    MarketAccess "market_access" Node "elasticity" "parameter market_access" 0.0..2.0 Greatest "Elasticity of industrial productivity in market access." "工业生产率对市场可达性的弹性。";
    ProducerServices "producer_services" Node "ratio" "0" 0.0..1.0 Sum "Gain of industrial productivity from contracted services of the central city." "中心城市签约服务带来的工业生产率增益。";
    Diffusion "diffusion" Node "per year" "parameter diffusion" 0.0..1.0 Greatest "Diffusion of technology, times the share of talent." "技术扩散速度，乘以人才份额。";
    ChainElasticity "chain_elasticity" Everywhere "elasticity" "parameter chain_elasticity" 0.1..1.0e9 Least "Demand elasticity of a chain: its price falls with the share of industrial capital that makes the same." "产业链的需求弹性：同类产业链占工业资本的比重越大，价格越低。";
    ChainProductivity "chain_productivity" Node "log points" "parameter chain_productivity" 0.0..1.0 Greatest "Gain of industrial productivity from capital of the chain." "产业链资本带来的工业生产率增益。";
    OrdersOut "orders_out" Node "share" "0" 0.0..0.5 Sum "Share of industrial revenue here that is paid to county firms as orders." "此地工业收入中作为订单付给县域企业的份额。";
    OrdersIn "orders_in" Node "weight" "0" 0.0..1e9 Sum "Weight with which orders arrive here." "订单分配到此地的权重。";
    FarmProcessing "farm_processing" Node "share" "0" 0.0..1.0 Sum "Share of farm output sold to the own county's industry." "农产品售给本县工业的份额。";
    ProcessingMargin "processing_margin" Node "share" "0" 0.0..2.0 Greatest "Margin that the county's industry earns on it." "本县工业由此获得的利润率。";
    ShockPooling "shock_pooling" Node "share" "0" 0.0..1.0 Greatest "Share of farm price shocks that is averaged over the prefecture." "农产品价格波动在地级市内分摊的份额。";

    // Capital
    RelocationReview "relocation_review" Cell "per year" "parameter relocation_review" 0.0..1.0 Greatest "Probability that a project here reviews its place." "此地项目重新考虑所在地的概率。";
    RelocationLoss "relocation_loss" Cell "share" "parameter relocation_loss" 0.0..1.0 Least "Part of value that a project from here loses when it moves." "此地项目搬迁时损失的价值比例。";
    CapitalBonus "capital_bonus" Cell "ratio" "1" 0.0..100.0 Product "Multiplies the return that investors see here." "投资者在此所见回报的倍数。";
    RelocationBonus "relocation_bonus" Cell "ratio" "1" 0.0..100.0 Product "The same for relocating projects only." "同上，仅对搬迁项目。";
    RelocationContract "relocation_contract" Cell "weight" "0" 0.0..1.0 Greatest "Weight of this cell for projects that review their place beyond xi: a contract names where they go." "因政策（超出 xi 的部分）而考虑搬迁的项目选择此处的权重：合同写明去向。";
    InvestmentSubsidy "investment_subsidy" Cell "share" "0" 0.0..1.0 Sum "Part of a new project's value that the payer adds." "付款方为新项目补贴的价值比例。";
    ProfitTax "profit_tax" Cell "ratio" "1" 0.0..2.0 Product "Multiplies the profit tax." "利润税的倍数。";
    Risk "risk" Cell "log points" "0" -2.0..2.0 Sum "Risk premium of projects here." "此地项目的风险溢价。";
    FailureHazard "failure_hazard" Cell "ratio" "1" 0.0..10.0 Product "Multiplies the failure hazard." "失败率的倍数。";
    Scrapping "scrapping" Cell "per year" "0" 0.0..1.0 Sum "Depreciation on top of delta." "在 delta 之外的额外折旧（淘汰）。";
    EntryCost "entry_cost" Cell "share" "parameter entry_cost" 0.0..1.0 Least "Part of a new project's value lost to procedures." "新项目因审批手续损失的价值比例。";
    EntryDelay "entry_delay" Node "years" "parameter entry_delay" 0.0..20.0 Least "Years before a new project works." "新项目投产前等待的年数。";
    OutsiderAccess "outsider_access" Node "ratio" "1" 0.0..10.0 Product "Multiplies tau_oj of owners from other counties; 0 is closed." "外县投资者 tau_oj 的倍数；0 为封闭。";
    IndustryEntry "industry_entry" Cell "switch" "1" 0.0..1.0 Least "0 refuses new projects of the sector." "取 0 时拒绝该行业的新项目。";
    DepositLeakage "deposit_leakage" County "share" "parameter deposit_leakage" 0.0..1.0 Least "Part of the county's deposits that leaks to the national pool." "本县存款流向全国资金池的部分。";
    ProfitLink "profit_link" Node "share" "parameter profit_link" 0.0..1.0 Greatest "Part of distributed profit that goes to households where the project stands." "分配利润中归项目所在地家庭的部分。";
    Refinancing "refinancing" County "share" "0" 0.0..1.0 Greatest "Part of missing project cash that the county's fund lends." "县级基金为项目所缺现金提供贷款的比例。";

    MarketIntegration "market_integration" Everywhere "share" "0" 0.0..1.0 Greatest "Part of base-year wedges of returns that investors no longer meet: money goes where returns are high." "投资者不再面对的基年回报差异部分：资金流向回报高处。";
    Guarantee "guarantee" Node "share" "0" 0.0..1.0 Greatest "Part of a failed project's value here that the county's fund pays to its investors." "此地项目失败时县级基金赔付投资者的价值比例。";
    LandPriceVillage "land_price_village" Node "share" "0" 0.0..0.5 Sum "Part of the value of a new industrial or tourism project here that buys land from the village." "此地新工业或旅游项目价值中用于向村集体购地的部分。";
    LandPriceCounty "land_price_county" Node "share" "0" 0.0..0.5 Sum "The same, paid to the county." "同上，付给县。";

    // Public finance
    TopUp "top_up" County "share" "0" 0.0..1.0 Greatest "Moves the county's formula of transfers from need to gaps; at one it fills gaps alone." "使本县转移支付公式由按需要分配转向弥补缺口；取 1 时只弥补缺口。";
    ProvinceShare "province_share" County "share" "parameter province_share" 0.0..1.0 Exclusive "Province's share of local tax revenue." "省级在地方税收中的分成。";
    PrefectureShare "prefecture_share" County "share" "parameter prefecture_share; 0 for districts" 0.0..1.0 Exclusive "Prefecture's share of the county's local revenue." "市级在本县地方收入中的分成。";
    Interception "interception" County "share" "parameter interception; 0 for districts" 0.0..1.0 Exclusive "Part of transfers to the county that stays with the prefecture." "对县转移支付中被市级截留的部分。";
    SpanLoss "span_loss" Everywhere "per ratio" "parameter span_loss" 0.0..0.5 Greatest "Loss of supervision of pro-growth spending per multiple of the normal span." "管理幅度每超过正常一倍，对促增长支出监督的损失。";
    ByResidence "by_residence" County "share" "parameter by_residence" 0.0..1.0 Greatest "Part of county spending that follows residents." "县级支出中按常住人口分配的部分。";
    DigitalServices "digital_services" Node "ratio" "0" 0.0..1.0 Sum "Part of the seat's service level that a village can use." "乡村可使用的县城公共服务水平的比例。";
    PublicSpendingTilt "public_spending_tilt" County "share" "0" -0.5..0.5 Sum "Added to infrastructure's share of county spending, taken from administration." "加在县级支出基础设施份额上的数值，取自行政支出。";

    // Housing, land, ecology
    HousingSupply "housing_supply" Node "per year" "0" -0.2..0.5 Sum "Growth of the housing stock on top of the market's." "在市场之外的住房存量增长。";
    ConstructionLand "construction_land" Node "ratio" "1" 0.0..10.0 Product "Multiplies construction land, the cap of entry." "建设用地（准入上限）的倍数。";
    EcologyRecovery "ecology_recovery" Node "per year" "0" -0.5..0.5 Sum "Added to the recovery of ecology." "加在生态恢复速度上的数值。";
}

/// Borders of the lever `moving_cost`, in order.
pub const BORDERS: [&str; 4] = ["village_to_seat", "county", "prefecture", "province"];

impl Lever {
    /// The row of the table.
    pub fn row(self) -> &'static LeverRow {
        &LEVERS[self as usize]
    }
}

/// A tie between two counties that a pairing makes: what an investor of one sees in the other, and what an
/// enclave of one in the other shares.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// County whose investors look, and whose enclave it is.
    pub from: usize,
    /// County where the project stands.
    pub to: usize,
    /// Return of a project there as its owner sees it, in place of `tau_oj`.
    pub access: f64,
    /// Part of local taxes of an enclave's projects that the county `from` receives.
    pub tax_share: f64,
    /// Part of distributed profit of an enclave's projects that households of the county `from` receive.
    pub dividend_share: f64,
    /// Value of industry that the enclave of `from` in `to` may hold, fen.
    pub capacity: f64,
}

/// The effective values of all levers in one year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Levers {
    values: Vec<Vec<f64>>,
    /// Ties between counties, sorted by (from, to).
    links: Vec<Link>,
}

impl Levers {
    /// The neutral values: what holds without any policy.
    pub fn neutral(p: &Parameters, geography: &Geography) -> Self {
        let (nodes, counties) = (geography.len(), geography.counties.len());
        let values = LEVERS
            .iter()
            .map(|row| {
                let n = match row.scope {
                    Scope::Everywhere => 1,
                    Scope::Node => nodes,
                    Scope::Cell => nodes * SECTORS,
                    Scope::County => counties,
                    Scope::Border => BORDERS.len() * 2,
                };
                let all = |value: f64| vec![value; n];
                match row.lever {
                    Lever::AccessWorkers => all(p.access_workers),
                    Lever::AccessTalent => all(p.access_talent),
                    Lever::ConversionWorkers => all(p.conversion_workers),
                    Lever::ConversionTalent => all(p.conversion_talent),
                    Lever::LandRetention => all(p.land_retention),
                    Lever::MarketAccess => all(p.market_access),
                    Lever::Diffusion => all(p.diffusion),
                    Lever::ChainProductivity => all(p.chain_productivity),
                    Lever::RelocationReview => all(p.relocation_review),
                    Lever::RelocationLoss => all(p.relocation_loss),
                    Lever::ProfitLink => all(p.profit_link),
                    Lever::ChainElasticity => all(p.chain_elasticity),
                    Lever::EntryCost => all(p.entry_cost),
                    Lever::EntryDelay => all(p.entry_delay),
                    Lever::ProvinceShare => all(p.province_share),
                    Lever::SpanLoss => all(p.span_loss),
                    Lever::ByResidence => all(p.by_residence),
                    Lever::PrefectureShare => geography
                        .counties
                        .iter()
                        .map(|c| if c.district { 0.0 } else { p.prefecture_share })
                        .collect(),
                    Lever::Interception => geography
                        .counties
                        .iter()
                        .map(|c| if c.district { 0.0 } else { p.interception })
                        .collect(),
                    Lever::DepositLeakage => geography
                        .counties
                        .iter()
                        .map(|c| match c.loans_over_deposits {
                            _ if c.district => p.deposit_leakage_city,
                            None => p.deposit_leakage,
                            Some(ratio) => (1.0 - ratio / p.loans_over_deposits_nation).clamp(0.0, 1.0),
                        })
                        .collect(),
                    _ => all(match row.combine {
                        Combine::Product => 1.0,
                        Combine::Least => 1.0,
                        _ => 0.0,
                    }),
                }
            })
            .collect();
        Levers { values, links: Vec::new() }
    }

    /// The value at a node.
    #[inline]
    pub fn node(&self, lever: Lever, node: usize) -> f64 {
        debug_assert_eq!(lever.row().scope, Scope::Node);
        self.values[lever as usize][node]
    }

    /// The value at a node and sector.
    #[inline]
    pub fn cell(&self, lever: Lever, node: usize, sector: usize) -> f64 {
        debug_assert_eq!(lever.row().scope, Scope::Cell);
        self.values[lever as usize][node * SECTORS + sector]
    }

    /// The value in a county.
    #[inline]
    pub fn county(&self, lever: Lever, county: usize) -> f64 {
        debug_assert_eq!(lever.row().scope, Scope::County);
        self.values[lever as usize][county]
    }

    /// The value for the whole area.
    #[inline]
    pub fn everywhere(&self, lever: Lever) -> f64 {
        debug_assert_eq!(lever.row().scope, Scope::Everywhere);
        self.values[lever as usize][0]
    }

    /// The value at a border (index in [`BORDERS`]) for a skill.
    #[inline]
    pub fn border(&self, lever: Lever, border: usize, skill: usize) -> f64 {
        debug_assert_eq!(lever.row().scope, Scope::Border);
        self.values[lever as usize][border * 2 + skill]
    }

    /// All values of a lever, in the order of its scope.
    pub fn values(&self, lever: Lever) -> &[f64] {
        &self.values[lever as usize]
    }

    /// Replaces one value; only the rules phase does this.
    pub(crate) fn set(&mut self, lever: Lever, index: usize, value: f64) {
        self.values[lever as usize][index] = value;
    }

    /// Ties between counties, sorted by (from, to).
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Ties of a county's investors.
    pub fn links_from(&self, county: usize) -> &[Link] {
        let first = self.links.partition_point(|l| l.from < county);
        let end = self.links.partition_point(|l| l.from <= county);
        &self.links[first..end]
    }

    /// The tie between two counties, if there is one.
    pub fn link(&self, from: usize, to: usize) -> Option<&Link> {
        self.links.binary_search_by_key(&(from, to), |l| (l.from, l.to)).ok().map(|i| &self.links[i])
    }

    /// Replaces the ties; only the rules phase does this.
    pub(crate) fn set_links(&mut self, links: Vec<Link>) {
        self.links = links;
    }

    /// Name of the place that a value of a lever belongs to.
    pub fn place(geography: &Geography, lever: Lever, index: usize) -> String {
        match lever.row().scope {
            Scope::Everywhere => "everywhere".to_owned(),
            Scope::Node => geography.nodes[index].id.clone(),
            Scope::Cell => {
                let sector = crate::world::Sector::ALL[index % SECTORS].name();
                format!("{}.{sector}", geography.nodes[index / SECTORS].id)
            }
            Scope::County => geography.counties[index].code.clone(),
            Scope::Border => {
                format!("{}.{}", BORDERS[index / 2], crate::world::Skill::ALL[index % 2].name())
            }
        }
    }

    /// Trade wedge of a node: the tier's, with the part above one scaled by two levers. Roads lower what carriage costs,
    /// online trade what search and delivery cost; neither is counted twice.
    pub fn tau(&self, p: &Parameters, geography: &Geography, node: usize) -> f64 {
        let base = match geography.nodes[node].tier {
            Tier::City | Tier::Outside => p.trade_wedge_city,
            Tier::CountySeat => p.trade_wedge_seat,
            Tier::Village => p.trade_wedge_village,
        };
        let online = p.wedge_online * self.node(Lever::OnlineWedge, node);
        let carriage = (1.0 - p.wedge_online) * self.node(Lever::TradeWedge, node);
        1.0 + (base - 1.0) * (carriage + online)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lever_names_are_their_identifiers_and_stand_in_order() {
        for (i, row) in LEVERS.iter().enumerate() {
            assert_eq!(row.lever as usize, i, "{}", row.name);
            assert!(row.least < row.greatest, "{}", row.name);
            let name = serde_json::to_value(row.lever).ok();
            assert_eq!(name.as_ref().and_then(|n| n.as_str()), Some(row.name));
        }
    }
    #[test]
    fn every_meaning_is_told_in_chinese_too() {
        for row in LEVERS {
            assert!(row.meaning_zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", row.name);
            assert!(row.meaning_zh.ends_with('。'), "{}: a sentence", row.name);
            assert_eq!(row.meaning_zh.contains("同上"), row.meaning.starts_with("The same"), "{}", row.name);
        }
    }
}
