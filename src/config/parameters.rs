//! Every parameter of the model: one row says its key, symbol, default, range, unit, meaning, source
//! and how far to trust it. The struct, its JSON schema and the printed table come from these rows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a number can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Read in the paper's own abstract or page, or in the data release.
    Read,
    /// From a summary of the paper or code after it; check the paper before quoting it in print.
    SecondHand,
    /// From memory; check before quoting.
    Recalled,
    /// Computed from a formula that is given.
    Computed,
    /// A design default without a source; to be calibrated.
    Assumed,
}

impl Trust {
    /// The word used in tables.
    pub fn word(self) -> &'static str {
        match self {
            Trust::Read => "read",
            Trust::SecondHand => "second-hand",
            Trust::Recalled => "recalled",
            Trust::Computed => "computed",
            Trust::Assumed => "assumed",
        }
    }
}

/// One row of the parameter table.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Parameter {
    /// Name under `parameters` in a scenario.
    pub key: &'static str,
    /// Letter in the equations.
    pub symbol: &'static str,
    /// Value that holds where a scenario says nothing, in the row's unit.
    pub default: f64,
    /// Smallest value that is accepted.
    pub least: f64,
    /// Largest value that is accepted.
    pub greatest: f64,
    /// Unit in words.
    pub unit: &'static str,
    /// What it does, in one sentence.
    pub meaning: &'static str,
    /// The same in Chinese.
    pub meaning_zh: &'static str,
    /// Where the default comes from.
    pub source: &'static str,
    /// How far the default can be relied on.
    pub trust: Trust,
}

macro_rules! parameters {
    ($( $key:ident $symbol:literal = $default:literal in $least:literal .. $greatest:literal $unit:literal
        $meaning:literal $meaning_zh:literal [ $source:literal $trust:ident ] ; )*) => {
        /// The values of all parameters in a run; what a scenario does not set keeps its default.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct Parameters {
            $( #[doc = $meaning]
               #[schemars(range(min = $least, max = $greatest))]
               pub $key: f64, )*
        }

        impl Default for Parameters {
            fn default() -> Self {
                Parameters { $( $key: $default, )* }
            }
        }

        impl Parameters {
            /// The value under a key, if there is such a parameter.
            pub fn get(&self, key: &str) -> Option<f64> {
                match key { $( stringify!($key) => Some(self.$key), )* _ => None }
            }

            /// Sets the value under a key; false if there is no such parameter.
            pub fn set(&mut self, key: &str, value: f64) -> bool {
                match key { $( stringify!($key) => { self.$key = value; true } )* _ => false }
            }
        }

        /// The parameter table, in the order of the model page.
        pub static PARAMETERS: &[Parameter] = &[ $( Parameter {
            key: stringify!($key), symbol: $symbol, default: $default, least: $least, greatest: $greatest,
            unit: $unit, meaning: $meaning, meaning_zh: $meaning_zh, source: $source, trust: Trust::$trust,
        }, )* ];
    };
}

parameters! {
    // People and places
    location_elasticity_workers "kappa" = 1.5 in 0.0..1000.0 "elasticity" "Income elasticity of location choice of workers, between nests." "普通劳动者选择居住地对收入的弹性（巢之间）。" ["Tombe and Zhu 2019: 1.5 by instrumental variables; 1.462 in Zhou and Gong 2024" SecondHand];
    location_elasticity_talent "kappa" = 2.0 in 0.0..1000.0 "elasticity" "Income elasticity of location choice of talent, between nests." "人才选择居住地对收入的弹性（巢之间）。" ["none" Assumed];
    nest_dissimilarity "lambda" = 0.7 in 0.05..1.0 "ratio" "Nest parameter of location choice: inside a nest the elasticity is kappa/lambda; 1 is the plain logit." "居住地选择的巢参数：巢内弹性为 kappa/lambda；取 1 即普通 logit。" ["none" Assumed];
    review_rate_18_34 "psi" = 0.20 in 0.0..1.0 "per year" "Probability a year that a person of 18 to 34 reviews where to live, mean of these ages; others follow the schedule. Sets speed, not the long run." "18 至 34 岁者一年中重新考虑居住地的概率（各岁平均）；其他年龄按年龄模式推算。决定速度，不决定长期结果。" ["none" Assumed];
    moves_children "a_1" = 0.02 in 0.0..1.0 "weight" "Schedule of reviews by age: children, who move with parents though none are on record." "迁移年龄模式：儿童随父母迁移（模型不记录父母）。" ["Rogers and Castro 1981, fundamental parameters" SecondHand];
    moves_children_fall "alpha_1" = 0.1 in 0.0..1.0 "per year" "Schedule of reviews by age: fall with a child's age." "迁移年龄模式：儿童部分随年龄下降的速度。" ["Rogers and Castro 1981, fundamental parameters" SecondHand];
    moves_work "a_2" = 0.06 in 0.0..1.0 "weight" "Schedule of reviews by age: working ages." "迁移年龄模式：劳动年龄部分的权重。" ["Rogers and Castro 1981, fundamental parameters" SecondHand];
    moves_work_age "mu_2" = 20.0 in 0.0..60.0 "years" "Schedule of reviews by age: where working ages begin; the peak is ln(lambda_2/alpha_2)/lambda_2 later." "迁移年龄模式：劳动年龄部分的位置；峰值再晚 ln(lambda_2/alpha_2)/lambda_2 年。" ["Rogers and Castro 1981, fundamental parameters" SecondHand];
    moves_work_rise "lambda_2" = 0.4 in 0.01..5.0 "per year" "Schedule of reviews by age: rise before the peak." "迁移年龄模式：峰值之前上升的速度。" ["Rogers and Castro 1981, fundamental parameters" SecondHand];
    moves_work_fall "alpha_2" = 0.1 in 0.0..1.0 "per year" "Schedule of reviews by age: fall after the peak." "迁移年龄模式：峰值之后下降的速度。" ["Rogers and Castro 1981, fundamental parameters" SecondHand];
    moves_always "c" = 0.003 in 0.0..1.0 "weight" "Schedule of reviews by age: every age alike; alone, all ages review at the rate of 18 to 34." "迁移年龄模式：与年龄无关的部分；若仅有此项，则各年龄的概率均与 18 至 34 岁相同。" ["Rogers and Castro 1981, fundamental parameters" SecondHand];
    access_workers "a_k" = 0.2 in 0.001..1.0 "share" "Access of workers without local registration to services outside their home county." "无本地户籍的普通劳动者在户籍县以外可享有的公共服务份额。" ["set so that 1 - a^th_S is 14.9 % of the wage, near Wu and You's fiscal wedge of 15 %" Computed];
    access_talent "a_k" = 0.5 in 0.001..1.0 "share" "Access of talent without local registration to services outside the home county." "无本地户籍的人才在户籍县以外可享有的公共服务份额。" ["none" Assumed];
    network_pull "gam_N" = 0.0 in 0.0..2.0 "log points" "Pull of people of the same home who live there already (network); off, because inverted place terms hold today's networks." "已居住在当地的同乡的吸引力（网络效应）；默认关闭，因为反推的地点项已包含现有网络。" ["none" Assumed];
    moving_cost_once "m" = 0.0 in 0.0..20.0 "log odds" "One-off cost of any move: the weight of the present place is multiplied by e^m in a review." "任何一次迁移的一次性成本：重新考虑时，现居地的权重乘以 e^m。" ["none; off" Assumed];
    purse_share "purse" = 1.0 in 0.0..1.0 "share" "Part of the mean wallet of the place left that a mover takes along." "迁移者带走的资金占原居住地人均资金的比例。" ["none" Assumed];
    most_at_work "most" = 0.97 in 0.5..1.0 "share" "Greatest share of an age group at work." "一个年龄组中就业者的最高比例。" ["none" Assumed];
    network_scale "M_0" = 1000.0 in 1.0e-12..1.0e9 "persons" "Scale of the network term ln(1 + M/M_0)." "网络项 ln(1 + M/M_0) 的尺度。" ["none" Assumed];
    services_weight "th_S" = 0.10 in 0.0..1.0 "elasticity" "Weight of services in utility." "公共服务在效用中的权重。" ["Zhou and Gong 2024" SecondHand];
    services_congestion "chi_S" = 1.0 in 0.0..2.0 "elasticity" "Congestion of services: S_eff = S/N^chi_S." "公共服务的拥挤程度：S_eff = S/N^chi_S。" ["Zhou and Gong 2024" SecondHand];
    environment_weight "th_E" = 0.05 in 0.0..1.0 "elasticity" "Weight of the environment in utility." "环境在效用中的权重。" ["none" Assumed];
    congestion_loss "c_cong" = 0.02 in 0.0..5.0 "log points" "Loss of utility from crowding, times (N/N_bar)^phi." "拥挤造成的效用损失，乘以 (N/N_bar)^phi。" ["commutes of 47 minutes one way in Beijing beside 36 in the mean of large cities (monitoring of 2023, recalled): 22 minutes a day at half the wage of 8 hours are .023" Assumed];
    congestion_exponent "phi" = 0.5 in 0.0..5.0 "elasticity" "Exponent of crowding." "拥挤的指数。" ["none; below one, since commutes grow more slowly than density" Assumed];
    congestion_density "N_bar" = 3000.0 in 1.0..1.0e6 "persons per km2" "Density that counts as crowded: N_bar is this density times the node's area." "视为拥挤的人口密度：N_bar 为该密度乘以节点面积。" ["none" Assumed];
    distance_loss "gamma_d" = 0.7 in 0.0..5.0 "log points" "Loss of utility per log kilometre of distance from home." "离家距离（千米的对数）每增加一单位的效用损失。" ["none" Assumed];
    prefecture_border "border" = 1.0 in -10.0..10.0 "log odds" "Advantage of places in the own prefecture over others at the same distance, in log odds." "同等距离下，本地级市内的地点相对于其他地点的优势（对数几率）。" ["the backtest law: e^1 inside a prefecture" Assumed];
    local_distance_km "d_0" = 10.0 in 0.1..1000.0 "km" "Shortest distance between two counties that counts: keeps merged or enclosed units finite." "两县之间计入的最短距离：使合并或被包围的单元保持有限。" ["none" Assumed];
    outside_factor "pool" = 2.0 in 1.0..100.0 "ratio" "Population registered outside that the run follows, as a multiple of the part that lives in the area." "模型跟踪的区域外户籍人口，为其中居住在区域内者的倍数。" ["none" Assumed];
    outside_population "rest" = 1.41e9 in 1.0..1.0e11 "persons" "Population of the whole country, for the true share of outsiders who live in the area." "全国人口，用于计算外来者居住在本区域的真实比例。" ["7th census: 1.41 billion" Read];
    remittance_share "s_rem" = 0.08 in 0.0..1.0 "share" "Share of the net wage that people away from the home county send home." "离开户籍县者汇回家乡的净工资比例。" ["near 1,000 yuan a villager, as the item of the household survey 2020 (recalled); .05 to .3 of wages in other surveys" Assumed];
    remittance_share_county "s_rem" = 0.10 in 0.0..1.0 "share" "Part of the net wage that people registered in the village who live at the seat of their own county send to the village." "户籍在乡村、居住在本县县城者汇给村里的净工资比例。" ["none" Assumed];
    land_retention_county "lambda_land" = 0.50 in 0.0..1.0 "share" "Share of the land entitlement kept while living at the other node of the own county." "居住在本县另一节点（县城或乡村）时保留的土地权益比例。" ["none" Assumed];
    land_retention "lambda_land" = 0.2 in 0.0..1.0 "share" "Share of the land entitlement kept while living outside the home county." "居住在户籍县以外时保留的土地权益比例。" ["Tombe and Zhu 2019: forfeited; .2 for informal leasing" Assumed];
    conversion_workers "h_conv" = 0.01 in 0.0..1.0 "per year" "Hazard that a worker living outside the home county converts registration to the place; only with conversion on." "居住在户籍县以外的普通劳动者的年落户概率（户籍转入居住地）；仅在允许落户时。" ["e^.15 in ten years of the people away" Computed];
    conversion_talent "h_conv" = 0.03 in 0.0..1.0 "per year" "The same for talent." "同上，人才。" ["none" Assumed];
    experience_growth "g_exp" = 0.02 in 0.0..0.2 "log points per year" "Growth of human capital per year lived away in a city or seat." "在外地城市或县城生活一年的人力资本增长。" ["none" Assumed];
    experience_cap "cap" = 0.3 in 0.0..0.3 "log points" "Greatest gain from experience." "经验带来的最大增益。" ["none" Assumed];
    training_gain "g_tr" = 0.05 in 0.0..0.5 "log points" "Gain of human capital from one training." "一次培训带来的人力资本增益。" ["quasi-experimental estimates, selection likely" Read];
    human_capital_gini "G_h" = 0.30 in 0.0..0.6 "Gini" "Inequality of human capital inside a cell of place, skill and sector (log-normal)." "同一地点、技能和行业内人力资本的不平等（对数正态）。" ["none" Assumed];
    tertiary_probability "e_0" = 0.50 in 0.0..1.0 "probability" "Probability to become talent at 18, at mean services of the home node." "户籍节点公共服务为平均水平时，18 岁成为人才的概率。" ["gross tertiary enrolment 54.4 % in 2020" Recalled];
    tertiary_elasticity "e_1" = 0.10 in 0.0..2.0 "elasticity" "Elasticity of that probability in services of the home node." "该概率对户籍节点公共服务的弹性。" ["none" Assumed];
    fertility_scale "f" = 1.0 in 0.0..10.0 "ratio" "Multiplies births per person of every age group." "各年龄组人均出生数的倍数。" ["7th census: total fertility 1.3" Recalled];
    mortality_scale "m" = 1.0 in 0.0..10.0 "ratio" "Multiplies deaths per person of every age group." "各年龄组人均死亡数的倍数。" ["7th census life table" Recalled];
    fertility_city "f_city" = 0.86 in 0.0..5.0 "ratio" "Births in cities relative to the national rate of the age group." "城市生育率相对于该年龄组全国水平。" ["7th census: 1.12 of 1.30" Recalled];
    fertility_county_seat "f_seat" = 1.08 in 0.0..5.0 "ratio" "The same in county seats." "同上，县城。" ["7th census: towns 1.40" Recalled];
    fertility_village "f_village" = 1.18 in 0.0..5.0 "ratio" "The same in villages." "同上，乡村。" ["7th census: 1.54" Recalled];

    // Spending and prices
    housing_spending_share "b_h" = 0.15 in 0.0..0.9 "share" "Housing in household spending." "家庭支出中的住房份额。" [".2 in Zhou and Gong 2024; .15 puts rent at .10 of income" Assumed];
    local_spending_share "b_v" = 0.35 in 0.0..0.9 "share" "Local services in household spending; the base year finds each province's within half of it and half again." "家庭支出中的本地服务份额；基年在其一半到一倍半之间求解各省的值。" ["households' final use of the group without dwellings, .33 of all in the input-output table of 2020, and trade margins on goods" Computed];
    shop_county "f" = 0.50 in 0.0..1.0 "ratio" "Pull of local services at the other node of the own county, relative to the same at home." "本县另一节点的本地服务相对于本地的吸引力。" ["none" Assumed];
    shop_prefecture "f" = 0.20 in 0.0..1.0 "ratio" "The same in other counties of the prefecture, before distance." "同上，本地级市其他县（未计距离）。" ["none" Assumed];
    shop_distance "d_s" = 30.0 in 1.0..1000.0 "km" "Distance over which the pull of local services in other counties falls by e." "其他县本地服务的吸引力衰减至 1/e 的距离。" ["none" Assumed];
    outside_local "z" = 0.10 in 0.0..1.0 "share" "Most of a prefecture's local output of the base year that is sold to visitors from elsewhere, or that its residents buy elsewhere." "基年一个地级市的本地服务产出中售给外来者、或其居民在外购买的最大份额。" ["none" Assumed];
    tourism_spending_share "b_e" = 0.05 in 0.0..0.9 "share" "Tourism and specialties in household spending; the rest are tradables." "家庭支出中的旅游与特产份额；其余为可贸易品。" ["none" Assumed];
    trade_wedge_village "tau" = 1.20 in 1.0..3.0 "ratio" "Trade wedge of villages: price of tradables bought there, and inverse of the price received." "乡村的贸易成本（冰山成本）楔子：当地购买可贸易品的价格，其倒数为出售所得价格。" ["none" Assumed];
    trade_wedge_seat "tau" = 1.08 in 1.0..3.0 "ratio" "Trade wedge of county seats." "县城的贸易成本（冰山成本）楔子。" ["none" Assumed];
    trade_wedge_city "tau" = 1.0 in 1.0..3.0 "ratio" "Trade wedge of cities." "城市的贸易成本（冰山成本）楔子。" ["none" Assumed];
    wedge_online "w_on" = 0.5 in 0.0..1.0 "share" "Part of the trade wedge above one that is search and delivery, which online trade lowers; the rest is carriage." "贸易成本楔子超过 1 的部分中搜寻与配送所占份额，由网络贸易降低；其余为运输成本。" ["none" Assumed];
    tourism_distance "d_e" = 150.0 in 1.0..5000.0 "km" "Distance over which the pull on visitors falls by e." "对游客的吸引力衰减至 1/e 的距离。" ["none" Assumed];
    tourism_ecology_pull "eta_E" = 1.0 in 0.0..5.0 "elasticity" "Pull of ecology on visitors." "生态对游客的吸引力。" ["none" Assumed];
    tourism_capital_pull "eta_K" = 0.5 in 0.0..5.0 "elasticity" "Pull of tourism capital on visitors." "旅游资本对游客的吸引力。" ["none" Assumed];
    saving_rate_urban "s_H" = 0.38 in 0.0..0.9 "share" "Saving of households in cities and county seats, of income." "城市和县城家庭的储蓄率（占收入）。" ["one less consumption over income of the household survey 2020: 27,007 of 43,834 yuan" Read];
    saving_rate_village "s_H" = 0.20 in 0.0..0.9 "share" "The same in villages." "同上，乡村家庭。" ["the same survey: 13,713 of 17,131 yuan" Read];
    housing_saving_urban "house" = 0.25 in 0.0..1.0 "share" "Part of saving that buys building, in cities and county seats." "城市和县城家庭储蓄中用于建房的部分。" ["none" Assumed];
    housing_saving_village "house" = 0.32 in 0.0..1.0 "share" "The same in villages; the rest is deposited." "同上，乡村；其余存入银行。" ["fixed investment of rural households 2020, 836 bn yuan (all less that without rural households), two thirds of it homes, over their saving, 3,418 yuan a villager or 1,743 bn; 2010: .51" Recalled];
    rent_upkeep_urban "upkeep" = 0.20 in 0.0..1.0 "share" "Part of rents that pays upkeep and rebuilding, in cities and county seats." "城市和县城房租中用于维修与重建的部分。" ["none" Assumed];
    rent_upkeep_village "upkeep" = 0.90 in 0.0..1.0 "share" "The same in villages, whose houses are their people's own and cost what they are worth." "同上，乡村：住房多为自有，其租值大致等于维护成本。" ["property income is 2.5 % of villagers' income in the survey" Assumed];
    deposit_leakage "ell_dep" = 0.30 in 0.0..1.0 "share" "Part of county deposits that leaks to the national pool, where no table of loans over deposits has the county." "县域存款流向全国资金池的部分（无存贷比数据的县）。" ["one less loans over deposits of .548 in 199 formerly poor counties of 2017, over the nation's" Computed];
    loans_over_deposits_nation "LD" = 0.80 in 0.1..2.0 "ratio" "Loans over deposits of the nation: a county below it leaks what is missing to it." "全国存贷比：低于该值的县，其差额即为外流存款。" ["People's Bank of China, 2010s" Recalled];
    deposit_leakage_city "ell_dep" = 0.0 in 0.0..1.0 "share" "The same for deposits of city districts." "同上，市辖区存款。" ["none" Assumed];

    // Production
    skill_substitution "sigma_k" = 3.21 in 1.01..20.0 "elasticity" "Substitution between workers and talent." "普通劳动者与人才之间的替代弹性。" ["Wu and You" SecondHand];
    skill_premium "premium" = 1.5 in 0.5..5.0 "ratio" "Wage of an efficiency unit of talent over that of workers in the base year; sets CES weights by node." "基年人才与普通劳动者每效率单位工资之比；据此确定各节点的 CES 权重。" ["none" Assumed];
    farm_land_share "aL" = 0.44 in 0.0..0.9 "share" "Land in farm value added." "农业增加值中的土地份额。" ["from code after Tombe and Zhu, renormalised" SecondHand];
    farm_capital_share "aK_a" = 0.10 in 0.0..0.9 "share" "Capital in farm value added." "农业增加值中的资本份额。" ["same" SecondHand];
    industry_capital_share "aK_m" = 0.50 in 0.0..0.95 "share" "Capital in industrial value added." "工业增加值中的资本份额。" [".43 in the same source; .50 meets income over output" Computed];
    business_capital_share "aK_b" = 0.49 in 0.0..0.95 "share" "Capital in business services." "生产性服务业中的资本份额。" ["input-output table 2020: (depreciation + surplus) over (value added - net taxes), .492 in transport, information, finance, business services and science" Computed];
    local_capital_share "aK_v" = 0.36 in 0.0..0.95 "share" "Capital in local services." "本地服务业中的资本份额。" ["the same of market services without dwellings: .358 (2010: .53, when owners' work counted as surplus)" Computed];
    public_capital_share "aK_g" = 0.20 in 0.0..0.95 "share" "Buildings in what local services make for governments: what they earn is the county's." "本地服务中政府购买部分的公共建筑份额，其收益归县级政府。" ["the same of education, health and administration: .197 (2010: .142)" Computed];
    tourism_capital_share "aK_e" = 0.38 in 0.0..0.95 "share" "Capital in tourism." "旅游业中的资本份额。" ["the same of catering and culture: .382" Computed];
    wage_relative "w_p" = 0.7 in 0.0..1.5 "elasticity" "Pay of a job in its prefecture's mean wage, both over the nation's; where the table has pay of jobs." "岗位工资对地级市平均工资的弹性（均相对于全国；表中有岗位工资时）。" ["four regions of 2020: staff of urban units 1, with .45 of pay; monthly income of rural migrant workers, where they work, .48 (4,351, 3,866, 3,808 and 3,469 yuan in the east, centre, west and north-east)" Recalled];
    wage_output "w_y" = 0.25 in 0.0..1.0 "elasticity" "The same in the prefecture's output a job outside farming, where no wage is known." "同上，对地级市非农岗均产出的弹性（无工资数据时）。" ["over 325 prefectures of 2020: .23" Computed];
    village_pay "q_v" = 0.50 in 0.1..1.0 "ratio" "Pay of a job outside farming in the village over the same at the seat of the county." "乡村非农岗位工资与本县县城同类岗位之比。" ["wages a villager of the household survey of 2020 over villagers' jobs outside farming in the census" Computed];
    pay_measured "m_w" = 0.74 in 0.3..1.2 "ratio" "Pay of a job in surveys, tax and pension funds over that of the input-output table, whose jobs are those of the long form." "调查、税收和养老基金中的岗位工资与投入产出表之比（投入产出表按长表岗位计）。" ["nation 2020: wages and business income outside farming of the household survey with employers' contributions, 37 trillion yuan, over what the model's jobs would get at the table's compensation, 50 trillion; .84 in 2010" Computed];
    capital_share_least "k_min" = 0.20 in 0.0..1.0 "share" "Part of its industries' share that capital keeps at least where pay is high for what is made." "工资相对产出较高时，资本至少保留其行业份额的比例。" ["none" Assumed];
    share_bound "d_K" = 0.10 in 0.0..1.0 "share" "How far a cell's share of capital may lie above that of its industries, and theirs from the sector's; what is made beyond is rent of the place." "单元资本份额高于其行业份额、以及行业份额偏离部门份额的上限；其余产出为地租。" ["none" Assumed];
    farm_measured "m_a" = 0.35 in 0.01..0.95 "share" "Part of what labour and land make in farming that reaches farm households, where the table has pay of jobs." "农业中劳动与土地所得到达农户的部分（表中有岗位工资时）。" ["nation 2020: farm income of the household survey over value added" Computed];
    farm_pay_elasticity "e_a" = 0.25 in 0.0..1.0 "elasticity" "Farm income of a farmer in farm product of a farmer." "农民人均农业收入对人均农业产出的弹性。" ["none" Assumed];
    rent_outside "o_R" = 1.0 in 0.0..1.0 "share" "Part of the rent of places that belongs to owners outside the area; the rest reaches households of the place." "地租中归区域外所有者的部分；其余归当地家庭。" ["none" Assumed];
    agglomeration_talent "phi_H" = 0.08 in 0.0..1.0 "elasticity" "Agglomeration: productivity of industry and business services in talent of the county." "集聚：工业与生产性服务业生产率对本县人才的弹性。" ["Wu and You" SecondHand];
    agglomeration_workers "phi_L" = 0.02 in -1.0..1.0 "elasticity" "Agglomeration: productivity of industry and business services in workers of the county." "集聚：工业与生产性服务业生产率对本县普通劳动者的弹性。" ["Wu and You" SecondHand];
    public_capital_elasticity "mu_G" = 0.10 in 0.0..1.0 "elasticity" "Productivity of industry and business services in public capital per head." "工业与生产性服务业生产率对人均公共资本的弹性。" ["meta-analysis; Zhou and Gong's flow elasticity is .006: run both" Recalled];
    sector_review_rate "psi_s" = 0.10 in 0.0..1.0 "per year" "Probability a year that a worker reviews the sector of work." "劳动者一年中重新考虑所在行业的概率。" ["none" Assumed];
    sector_elasticity "kappa_s" = 1.5 in 0.0..1000.0 "elasticity" "Wage elasticity of sector choice." "行业选择对工资的弹性。" ["none" Assumed];
    commuting_cost "c_com" = 0.05 in 0.0..0.9 "share" "Part of the seat's wage that commuting from the village costs; paid to the hub." "从乡村到县城通勤的成本占县城工资的比例；付给外部账户。" ["none" Assumed];
    unemployment_city "u_0" = 0.055 in 0.0..0.3 "share" "Unemployment rate of the base year in cities, among those who work or look for work outside farming." "基年城市失业率（非农就业者与求职者中）。" ["surveyed urban rate: 5.6 % in 2020, 5.1 % in 2021, National Bureau of Statistics" Recalled];
    unemployment_seat "u_0" = 0.055 in 0.0..0.3 "share" "The same in county seats." "同上，县城。" ["the same" Recalled];
    unemployment_village "u_0" = 0.03 in 0.0..0.3 "share" "The same in villages; farming has none." "同上，乡村；农业无失业。" ["none" Assumed];
    wage_own "theta_w" = 0.30 in 0.0..1.0 "share" "Weight of a cell's own marginal product in the norm of its pay; the rest is the province's." "单元自身边际产品在工资基准中的权重；其余为全省水平。" ["none" Assumed];
    wage_curve "beta" = 0.10 in 0.0..1.0 "elasticity" "Fall of pay with the unemployment rate." "工资对失业率的弹性（下降）。" ["Blanchflower and Oswald 1994" Recalled];
    job_creation "zeta" = 2.0 in 0.0..20.0 "elasticity" "Rise of the unemployment rate with labour cost over its product: at 5 % unemployment the wage elasticity of employment is -.1." "失业率对劳动成本与其产品之比的弹性：失业率为 5 % 时，就业的工资弹性为 -.1。" ["the usual size of estimates for minimum wages" Assumed];
    covered_industry "c" = 0.80 in 0.0..1.0 "share" "Jobs in industry that the minimum wage reaches." "最低工资覆盖的工业岗位份额。" ["none" Assumed];
    covered_business "c" = 0.50 in 0.0..1.0 "share" "Jobs in business services that the minimum wage reaches." "最低工资覆盖的生产性服务业岗位份额。" ["none" Assumed];
    covered_local "c" = 0.50 in 0.0..1.0 "share" "Jobs in local services that the minimum wage reaches; of farming and tourism none." "最低工资覆盖的本地服务业岗位份额；农业与旅游业为零。" ["none" Assumed];
    floor_indexation "i_F" = 1.0 in 0.0..1.0 "share" "Part of the growth of the province's pay of workers that minimum wages follow." "最低工资随全省普通劳动者工资增长的比例。" ["none" Assumed];
    thin_group "n_0" = 5000.0 in 0.0..1.0e9 "persons" "People of a skill at work at which a place's own pay has half the weight in what it promises; below, what the prefecture pays counts for more." "某类劳动者在岗人数达到此数时，本地工资在预期收入中占一半权重；低于此数时，地级市平均工资的权重更大。" ["none" Assumed];
    floor_scale "floor" = 1.0 in 0.0..5.0 "ratio" "Multiplies the statutory minimum wage of the tables." "对表中法定最低工资的倍数。" ["none" Assumed];
    land_rental_gain "g_rent" = 0.08 in 0.0..1.0 "log points" "Gain of farm output when all farm land can be rented." "全部农地可流转时农业产出的增益。" ["Chari, Liu, Wang and Wang 2021: output +8 %" Read];

    // Capital
    depreciation "delta" = 0.068 in 0.0..0.5 "per year" "Wear of projects; with those that fail at their target of cash .10 of capital goes a year." "项目的折旧率；加上持有目标现金的项目的失败，每年约损失资本的一成。" ["what is lost in all as in Zhang, Wu and Zhang 2004, .096 with discarded capital, less failures of .037 and what scrapping takes" Computed];
    gross_return "r" = 0.17 in 0.0..0.5 "per year" "Return before depreciation and profit tax that base-year capital earns on the surplus after net taxes on production; 0: solved so that saving is what capital needs." "基年资本对（扣除生产税净额后的）盈余的折旧前、利润税前回报率；取 0 时求解，使储蓄恰为资本所需。" ["near the capital-output ratio of 2.5; Bai, Hsieh and Qian 2006 find about .20 for 1978 to 2005 (recalled)" Assumed];
    return_spread "s_z" = 0.0 in 0.0..1.0 "log points" "Standard deviation of base-year returns over cells, drawn with the seed: a spread without names." "基年各单元回报的标准差，随种子抽取：不指定地点的差异。" ["none; off" Assumed];
    investment_elasticity "kappa_K" = 1.5 in 0.0..1000.0 "elasticity" "Elasticity of investment in returns." "投资对回报的弹性。" ["Zhao, Wang, Dai and Chen 2025" SecondHand];
    relocation_review "xi" = 0.02 in 0.0..1.0 "per year" "Probability a year that a project reviews its place." "项目一年中重新考虑所在地的概率。" ["none" Assumed];
    relocation_loss "chi" = 0.15 in 0.0..1.0 "share" "Part of a project's value that is lost when it moves." "项目搬迁时损失的价值比例。" ["none" Assumed];
    project_size_exponent "alpha" = 1.5 in 0.5..10.0 "exponent" "Pareto exponent of project sizes." "项目规模的帕累托指数。" ["none" Assumed];
    project_size_ratio "k_max/k_min" = 1000.0 in 1.0..1.0e9 "ratio" "Largest over smallest project." "最大项目与最小项目之比。" ["none" Assumed];
    persons_per_project "n_K" = 100.0 in 1.0..1.0e9 "persons" "Persons per project of the base year; sets k_min." "基年每个项目对应的人数；据此确定 k_min。" ["at most one project per hundred persons" Assumed];
    cash_target "cash" = 0.10 in 0.0..1.0 "share" "Cash that a project keeps, of its value." "项目保有的现金占其价值的比例。" ["none" Assumed];
    cash_start "cash" = 0.05 in 0.0..1.0 "share" "Cash of a new project, of its value." "新项目的现金占其价值的比例。" ["none" Assumed];
    failure_base "f_0" = 0.10 in 0.0..1.0 "per year" "Failure hazard of a project without cash." "无现金项目的年失败率。" ["five years survived by .83 of new projects; .69 of all new firms from 2000 on (SAIC 2013, recalled), which are smaller" Assumed];
    failure_cash "f_1" = 10.0 in 0.0..100.0 "per share" "Fall of the failure hazard in cash over value." "失败率随现金占价值比例上升而下降的程度。" ["none" Assumed];
    retained_profit_share "ret" = 0.93 in 0.0..1.0 "share" "Profit after tax that is retained." "税后利润中留存的部分。" ["one less property income of the survey 2020 without imputed rent, near 1,300 yuan, over profit after tax of some 24,000 yuan a head" Computed];
    profit_link "s_link" = 0.0 in 0.0..1.0 "share" "Part of distributed profit that goes to households where the project stands." "分配利润中归项目所在地家庭的部分。" ["none" Assumed];
    home_pool_share "h_K" = 0.60 in 0.0..1.0 "share" "Part of a county pool that looks for projects at home only." "县级资金池中只在本地寻找项目的部分。" ["none" Assumed];
    perceived_return_prefecture "tau_oj" = 0.85 in 0.0..1.0 "ratio" "Return of a project in another county of the prefecture as its owner sees it." "投资者所见的、本地级市内其他县项目的回报折扣。" ["none" Assumed];
    perceived_return_far "tau_oj" = 0.70 in 0.0..1.0 "ratio" "The same beyond the prefecture." "同上，地级市以外。" ["none" Assumed];
    project_growth_sd "sd" = 0.0 in 0.0..1.0 "log points" "Yearly random growth of a project's value (Gibrat); off." "项目价值的年随机增长（Gibrat）；默认关闭。" ["none" Assumed];
    project_barrier "S_min" = 0.0 in 0.0..1.0 "ratio" "Lower reflecting barrier of project values over their mean; off." "项目价值的下反射界，相对于均值；默认关闭。" ["none" Assumed];
    startup_rate "pi_0" = 0.001 in 0.0..1.0 "per year" "Base hazard that an adult founds a project at home." "成年人在家乡创办项目的基础年概率。" ["10 million founders had returned by 2020, most within eight years, of some 550 million registered in villages: .002 with savings and returnees' odds (recalled)" Computed];
    startup_returnee "b_1" = 1.0 in -5.0..5.0 "log points" "Start-ups: returnees with experience." "创业：有外出经验的返乡者。" ["none" Assumed];
    startup_savings "b_2" = 0.5 in -5.0..5.0 "log points" "Start-ups: ln(1 + savings/S_0)." "创业：ln(1 + 储蓄/S_0)。" ["none" Assumed];
    startup_platform "b_3" = 0.0 in -5.0..5.0 "log points" "Start-ups: a platform at the home node (a lever)." "创业：户籍节点的平台（政策变量）。" ["none" Assumed];
    startup_talent "b_4" = 0.5 in -5.0..5.0 "log points" "Start-ups: talent." "创业：人才。" ["none" Assumed];
    startup_savings_scale "S_0" = 30000.0 in 1.0..1.0e9 "yuan" "Scale of savings in start-ups." "创业中储蓄的尺度。" ["none" Assumed];
    startup_size "k_0" = 100000.0 in 1.0..1.0e9 "yuan" "Value of one person's start-up." "一人创业项目的价值。" ["none" Assumed];

    // Public finance
    revenue_tax_rate "t_Y" = 0.10 in 0.0..0.9 "share" "Tax on revenue outside agriculture (like value-added tax), effective." "农业以外收入的有效税率（类似增值税）。" ["none" Assumed];
    profit_tax_rate "t_pi" = 0.20 in 0.0..0.9 "share" "Profit tax, effective." "利润的有效税率。" ["none" Assumed];
    income_tax_rate "t_W" = 0.022 in 0.0..0.9 "share" "Personal income tax, effective; contributions are apart." "个人所得税的有效税率；社会保险缴费另计。" ["1,157 bn yuan in 2020 over compensation of 53 trillion" Recalled];
    centre_vat "centre" = 0.50 in 0.0..1.0 "share" "Centre's share of value-added tax." "增值税的中央分成。" ["law" Recalled];
    centre_profit "centre" = 0.60 in 0.0..1.0 "share" "Centre's share of profit tax." "利润税的中央分成。" ["law" Recalled];
    centre_wage "centre" = 0.60 in 0.0..1.0 "share" "Centre's share of wage tax." "工资税的中央分成。" ["law" Recalled];
    province_share "phi_P" = 0.20 in 0.0..1.0 "share" "Province's share of local tax revenue." "省级在地方税收中的分成。" ["none; .10 where prefectures manage counties" Assumed];
    prefecture_share "phi_p" = 0.0 in 0.0..1.0 "share" "Prefecture's share of counties' local revenue; .20 where prefectures manage counties." "市级在县级地方收入中的分成；市管县时为 .20。" ["none" Assumed];
    interception "q" = 0.0 in 0.0..1.0 "share" "Part of county transfers that stays with the prefecture; .10 where prefectures manage counties." "对县转移支付中被市级截留的部分；市管县时为 .10。" ["none" Assumed];
    incremental_sharing "inc" = 0.0 in 0.0..1.0 "share" "Part of a county's local revenue of the base year that province and prefecture take no share of; 1: growth alone is shared." "县级基年地方收入中省、市不参与分成的部分；取 1 时只对增量分成。" ["the Zhejiang way: a fifth of growth since the sharing began in 1994, near a fifth of all by 2020" Recalled];
    central_return_share "c_back" = 0.35 in 0.0..1.5 "share" "Part of the centre's take that returns to the province." "中央所得中返还本省的部分。" ["(local spending - local revenue)/take: .35 Zhejiang, near .9 Henan" Recalled];
    equalisation "theta" = 0.50 in 0.0..1.0 "share" "Part of the province's money for counties that fills gaps; the rest follows need." "省级对县资金中用于弥补缺口的部分；其余按需要分配。" ["none" Assumed];
    need_size "e_N" = 0.18 in 0.0..0.6 "elasticity" "Fall of a county's need a head with its residents." "县人均需要随常住人口下降的弹性。" ["spending of 27 provinces 2020: -.183 (.032); applied to counties" Computed];
    need_sparsity "e_D" = 0.12 in 0.0..0.5 "elasticity" "Fall of a county's need a head with its density." "县人均需要随人口密度下降的弹性。" ["the same regression: -.118 (.022)" Computed];
    span_loss "m_span" = 0.0 in 0.0..0.5 "per ratio" "Loss of supervision of pro-growth spending per multiple of the normal span." "管理幅度每超过正常一倍，对促增长支出监督的损失。" ["sign from Li, Lu and Wang 2016" Read];
    span_normal "n_0" = 50.0 in 1.0..1000.0 "counties" "Counties that a province supervises without loss." "一省可无损监督的县数。" ["none" Assumed];
    spend_services "share" = 0.42 in 0.0..1.0 "share" "County spending on services." "县级支出中的公共服务份额。" ["none" Assumed];
    spend_infrastructure "share" = 0.27 in 0.0..1.0 "share" "County spending on infrastructure; what these and payments to households leave is administration." "县级支出中的基础设施份额；扣除公共服务、基础设施和对居民的转移后为行政支出。" ["none" Assumed];
    spend_transfers "share" = 0.09 in 0.0..0.5 "share" "County spending on payments to households: relief, farm subsidies, medical relief." "县级支出中对居民的转移份额：救助、农业补贴、医疗救助。" ["social security and relief were 13 % of budgets in 2020 (recalled), a part of it goes to pension funds" Assumed];
    village_transfers "w_T" = 1.50 in 0.0..10.0 "ratio" "Payments to a villager over those to a townsman of the county." "一名村民所得公共转移相对于本县一名城镇居民。" ["none" Assumed];
    village_services "w_S" = 0.90 in 0.0..2.0 "ratio" "Weight of a villager in the base split of county spending on services and administration." "基年县级公共服务与行政支出划分中一名村民的权重。" ["spending per pupil, rural over all: .90 to .97, Ministry of Education 2016-17" Recalled];
    village_infrastructure "w_G" = 0.20 in 0.0..2.0 "ratio" "Weight of a villager in the base split of county spending on infrastructure." "基年县级基础设施支出划分中一名村民的权重。" ["a head: county seats 2,190 yuan, villages and towns 420, Ministry of Housing 2016" Recalled];
    by_residence "omega_eq" = 0.0 in 0.0..1.0 "share" "Part of county spending that follows residents." "县级支出中按常住人口分配的部分。" ["none" Assumed];
    land_revenue_share "s_LF" = 0.30 in 0.0..1.0 "share" "Part of urban rents that goes to the land account." "城市和县城房租中归土地账户的部分。" ["none" Assumed];
    rents_to_newcomers "mu_loc" = 0.0 in 0.0..1.0 "share" "Part of rents that goes to households without local registration." "房租中归无本地户籍家庭的部分。" ["none" Assumed];
    debt_limit "D" = 0.5 in 0.0..10.0 "years of revenue" "Debt up to which a government may borrow." "政府可借债的上限。" ["none" Assumed];
    services_depreciation "d_S" = 0.20 in 0.001..1.0 "per year" "Depreciation of services." "公共服务的折旧。" ["none" Assumed];
    public_capital_depreciation "d_G" = 0.08 in 0.001..1.0 "per year" "Depreciation of public capital." "公共资本的折旧。" ["none" Assumed];

    // Pensions
    pension_village_talent "e_v" = 0.50 in 0.0..1.0 "ratio" "Part of graduates of 60 and over registered in villages who draw an employees' pension, over that of urban workers." "户籍在乡村的 60 岁及以上人才领取职工养老金的比例，相对于城镇普通劳动者。" ["none" Assumed];
    pension_village_workers "e_v" = 0.05 in 0.0..1.0 "ratio" "The same of workers registered in villages: nearly all draw the residents' pension." "同上，户籍在乡村的普通劳动者：几乎都领取居民养老金。" ["none" Assumed];
    pension_early "early" = 0.40 in 0.0..1.0 "share" "Part of those of 50 to 59 who draw an employees' pension already, of those who will at 60: women retire at 50 or 55." "50 至 59 岁已领取职工养老金者占其 60 岁时将领取者的比例：女性 50 或 55 岁退休。" ["none" Assumed];
    pension_benefits "med" = 1.25 in 1.0..2.0 "ratio" "Benefits of the employees' insurance over its pensions: medical payments go with them." "职工保险待遇与养老金之比：含医疗支付。" ["medical spending of 1.28 trillion yuan beside pensions of 5.13 in 2020" Recalled];
    pension_gap_province "gap" = 0.20 in 0.0..1.0 "share" "Part of what an employees' fund misses that the province pays, at most half of what it holds; the centre pays the rest." "职工养老基金缺口中由省承担的部分（至多为其资金的一半）；其余由中央承担。" ["none" Assumed];
    pension_centre "centre" = 0.60 in 0.0..1.0 "share" "Part of residents' pensions that the centre pays; the county pays the rest." "居民养老金中由中央承担的部分；其余由县承担。" ["none" Assumed];
    employees_part "emp" = 0.33 in 0.0..1.0 "share" "Employees' part of contributions, which surveys count in wages and take from transfers." "缴费中由职工承担的部分：住户调查计入工资，并从转移净收入中扣除。" ["law: 8 of 24 points of pay" Recalled];
    self_employed_industry "se" = 0.08 in 0.0..1.0 "share" "Part of pay in industry that is income of the self-employed." "工业劳动报酬中属于自雇者收入的部分。" ["with services and tourism near .17 of pay outside farming: business income of 5,460 bn yuan in the survey of 2020 over 32.7 trillion of pay" Assumed];
    self_employed_business "se" = 0.10 in 0.0..1.0 "share" "The same in business services." "同上，生产性服务业。" ["the same" Assumed];
    self_employed_local "se" = 0.27 in 0.0..1.0 "share" "The same in local services." "同上，本地服务业。" ["the same" Assumed];
    self_employed_tourism "se" = 0.30 in 0.0..1.0 "share" "The same in tourism." "同上，旅游业。" ["the same" Assumed];

    // Housing, ecology
    housing_depreciation "d_H" = 0.03 in 0.001..0.5 "per year" "Depreciation of the housing stock." "住房存量的折旧。" ["none; a home lasts some 33 years" Assumed];
    housing_supply_elasticity "eps_H" = 0.56 in 0.0..20.0 "elasticity" "Housing supply: (1 - .64)/.64." "住房供给弹性：(1 - .64)/.64。" ["land share in housing .64: Wu and You mean" SecondHand];
    ecology_recovery "g_E" = 0.10 in 0.0..2.0 "per year" "Recovery of ecology." "生态的恢复速度。" ["none" Assumed];
    ecology_damage "xi_E" = 0.02 in 0.0..1.0 "per year" "Damage of industry at base-year output." "工业处于基年产出时造成的生态损害。" ["none" Assumed];

    // Hooks, neutral unless a policy or a scenario uses them
    market_access "th_MA" = 0.0 in 0.0..2.0 "elasticity" "Industrial productivity in market access." "工业生产率对市场可达性的弹性。" ["none" Assumed];
    market_access_distance "d_0" = 100.0 in 1.0..5000.0 "km" "Distance over which market access falls by e." "市场可达性衰减至 1/e 的距离。" ["none" Assumed];
    chain_productivity "omega_ch" = 0.0 in 0.0..1.0 "log points" "Gain of industrial productivity from capital of the chain in the node." "本节点产业链资本带来的工业生产率增益。" ["none" Assumed];
    diffusion "psi_T" = 0.0 in 0.0..1.0 "per year" "Diffusion of technology from the frontier, times the talent share." "技术由前沿扩散的速度，乘以人才份额。" ["none" Assumed];
    chain_home "f_ch" = 0.4 in 0.0..1.0 "share" "Chance that an industrial project belongs to the chain in which its county is at home; which chain that is, is drawn." "工业项目属于所在县主导产业链的概率；主导产业链由抽签决定。" ["none" Assumed];
    chain_elasticity "eps_c" = 1.0e9 in 0.1..1.0e9 "elasticity" "Demand elasticity of a chain: its price falls with the share of industrial capital that makes the same." "产业链的需求弹性：同类重复投资越多，价格越低。" ["none" Assumed];
    entry_cost "f_ent" = 0.03 in 0.0..0.9 "share" "Part of a new project's value lost to procedures before any policy." "任何政策之前，新项目因审批手续损失的价值比例。" ["construction permits cost 2.8 % of a warehouse's value, Doing Business 2020" Recalled];
    entry_delay "wait" = 0.3 in 0.0..20.0 "years" "Years before a new project works, before any policy; of a fraction of a year that part of projects waits a whole one." "任何政策之前，新项目投产前等待的年数；不足一年的部分表示等待整一年的项目比例。" ["construction permits take 111 days, Doing Business 2020" Recalled];
    land_share "s_L" = 0.10 in 0.0..1.0 "elasticity" "Fall of the return that investors in industry and tourism see with capital on a unit of construction land, over the balanced path." "工业和旅游投资者所见回报随单位建设用地资本（相对于平衡路径）上升而下降的弹性。" ["land near 860 yuan a m2 beside a required investment of some 4,500 a m2 in Zhejiang (recalled), less in counties" Assumed];
    land_slack "Lam_c" = 1.0e9 in 1.0..1.0e9 "ratio" "Capital of industry and tourism beyond which no project is let in, over the base year's; the default never binds." "超过即不再准入的工业和旅游资本，相对于基年；默认值从不约束。" ["none" Assumed];
    farm_shock_sd "sd_p" = 0.08 in 0.0..1.0 "log points" "Yearly random price of farm goods in each county." "各县农产品价格的年随机波动。" ["producer prices of farm goods, nation, 2007 to 2021: sd near .08 (recalled); a county's own is taken for as large" Assumed];

    // Core-periphery market mode
    ces_substitution "sigma" = 5.0 in 1.01..100.0 "elasticity" "Substitution between varieties in the ces market mode." "ces 市场模式中产品种类之间的替代弹性。" ["Fujita, Krugman and Venables 1999" Recalled];
    ces_manufactures_share "mu" = 0.4 in 0.0..0.99 "share" "Share of manufactures in the ces market mode." "ces 市场模式中制造品的份额。" ["Fujita, Krugman and Venables 1999" Recalled];
    ces_trade_cost "T" = 1.5 in 1.0..100.0 "ratio" "Iceberg trade cost between nodes of two provinces in the ces market mode, where `trade_costs` states none; inside a province trade is free." "ces 市场模式中两省节点之间的冰山贸易成本（`trade_costs` 未指定时）；省内贸易无成本。" ["Fujita, Krugman and Venables 1999" Recalled];
}

/// Keys of before version 0.2.0, which were the symbols of the equations, and the words that stand for them now.
pub(crate) static RENAMED: &[(&str, &str)] = &[
    ("kappa_workers", "location_elasticity_workers"),
    ("kappa_talent", "location_elasticity_talent"),
    ("lambda_nest", "nest_dissimilarity"),
    ("psi_18_34", "review_rate_18_34"),
    ("gam_n", "network_pull"),
    ("network_m0", "network_scale"),
    ("th_s", "services_weight"),
    ("chi_s", "services_congestion"),
    ("th_e", "environment_weight"),
    ("c_cong", "congestion_loss"),
    ("gamma_d", "distance_loss"),
    ("s_rem", "remittance_share"),
    ("s_rem_county", "remittance_share_county"),
    ("lambda_land", "land_retention"),
    ("lambda_land_county", "land_retention_county"),
    ("g_exp", "experience_growth"),
    ("g_exp_cap", "experience_cap"),
    ("g_tr", "training_gain"),
    ("b_h", "housing_spending_share"),
    ("b_v", "local_spending_share"),
    ("b_e", "tourism_spending_share"),
    ("tau_village", "trade_wedge_village"),
    ("tau_seat", "trade_wedge_seat"),
    ("tau_city", "trade_wedge_city"),
    ("d_e", "tourism_distance"),
    ("eta_e", "tourism_ecology_pull"),
    ("eta_k", "tourism_capital_pull"),
    ("s_h", "saving_rate_urban"),
    ("s_h_village", "saving_rate_village"),
    ("house", "housing_saving_urban"),
    ("house_village", "housing_saving_village"),
    ("ell_dep", "deposit_leakage"),
    ("ell_dep_city", "deposit_leakage_city"),
    ("sigma_k", "skill_substitution"),
    ("phi_h", "agglomeration_talent"),
    ("phi_l", "agglomeration_workers"),
    ("mu_g", "public_capital_elasticity"),
    ("psi_s", "sector_review_rate"),
    ("kappa_s", "sector_elasticity"),
    ("g_rent", "land_rental_gain"),
    ("delta", "depreciation"),
    ("kappa_k", "investment_elasticity"),
    ("xi", "relocation_review"),
    ("chi", "relocation_loss"),
    ("ret", "retained_profit_share"),
    ("s_link", "profit_link"),
    ("h_k", "home_pool_share"),
    ("tau_k_prefecture", "perceived_return_prefecture"),
    ("tau_k_far", "perceived_return_far"),
    ("t_y", "revenue_tax_rate"),
    ("t_pi", "profit_tax_rate"),
    ("t_w", "income_tax_rate"),
    ("phi_province", "province_share"),
    ("phi_prefecture", "prefecture_share"),
    ("c_back", "central_return_share"),
    ("m_span", "span_loss"),
    ("n_span", "span_normal"),
    ("omega_eq", "by_residence"),
    ("s_lf", "land_revenue_share"),
    ("mu_loc", "rents_to_newcomers"),
    ("d_s", "services_depreciation"),
    ("d_g", "public_capital_depreciation"),
    ("eps_h", "housing_supply_elasticity"),
    ("g_ecology", "ecology_recovery"),
    ("xi_ecology", "ecology_damage"),
    ("th_ma", "market_access"),
    ("d_ma", "market_access_distance"),
    ("omega_chain", "chain_productivity"),
    ("psi_t", "diffusion"),
    ("eps_chain", "chain_elasticity"),
    ("project_alpha", "project_size_exponent"),
    ("ces_sigma", "ces_substitution"),
    ("ces_mu", "ces_manufactures_share"),
    ("ces_trade", "ces_trade_cost"),
];

/// What a key of before version 0.2.0 is called now.
pub(crate) fn renamed(key: &str) -> Option<&'static str> {
    RENAMED.iter().find(|(old, _)| *old == key).map(|(_, new)| *new)
}

/// Keys that scenarios may still set, with what to do now.
pub(crate) static RETIRED: &[(&str, &str)] = &[
    (
        "village_weight",
        "set `village_services` (services and administration) and `village_infrastructure` instead",
    ),
    ("unemployment_base", "set `unemployment_city`, `unemployment_seat` and `unemployment_village` instead"),
    ("services_capital_share", "set `business_capital_share` and `local_capital_share` instead"),
    (
        "leak_village",
        "set `shop_county`, `shop_prefecture` and `shop_distance` instead: who buys local services where",
    ),
    (
        "leak_seat",
        "set `shop_county`, `shop_prefecture` and `shop_distance` instead: who buys local services where",
    ),
    (
        "psi_35_54",
        "set `review_rate_18_34`, the level, and `moves_children` to `moves_always`, the schedule by age, instead",
    ),
    (
        "psi_55",
        "set `review_rate_18_34`, the level, and `moves_children` to `moves_always`, the schedule by age, instead",
    ),
    ("lambda_w", "set `wage_own`, the part of a cell's own product in its pay, instead"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_lies_in_its_range_and_every_key_is_unique() {
        for (i, p) in PARAMETERS.iter().enumerate() {
            assert!(p.least <= p.default && p.default <= p.greatest, "{}", p.key);
            assert!(PARAMETERS[..i].iter().all(|q| q.key != p.key), "{} occurs twice", p.key);
            assert_eq!(Parameters::default().get(p.key), Some(p.default));
        }
    }

    #[test]
    fn no_retired_key_is_a_parameter() {
        for (key, instead) in RETIRED {
            assert_eq!(Parameters::default().get(key), None, "{key}");
            assert!(!instead.is_empty());
        }
    }

    #[test]
    fn a_key_that_was_renamed_leads_to_one_parameter_and_is_none_itself() {
        for (i, (old, new)) in RENAMED.iter().enumerate() {
            assert_eq!(Parameters::default().get(old), None, "{old}");
            assert!(Parameters::default().get(new).is_some(), "{new}");
            assert!(RENAMED[..i].iter().all(|(o, n)| o != old && n != new), "{old} or {new} occurs twice");
        }
    }

    #[test]
    fn every_meaning_is_told_in_chinese_too() {
        for (i, p) in PARAMETERS.iter().enumerate() {
            assert!(p.meaning_zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", p.key);
            assert!(p.meaning_zh.ends_with('。'), "{}: a sentence", p.key);
            // What two parameters have in common is no reason to describe them in the same words.
            let same = PARAMETERS[..i].iter().find(|q| q.meaning_zh == p.meaning_zh);
            assert!(same.is_none_or(|q| q.meaning == p.meaning), "{}", p.key);
            assert_eq!(p.meaning_zh.contains("同上"), p.meaning.starts_with("The same"), "{}", p.key);
        }
    }
}
