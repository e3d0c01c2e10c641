//! Money: every account of the circuit in whole fen, and who paid whom for what.
//!
//! Money changes only by [`Accounts::pay`], which takes from one account what it gives to another, so
//! the sum over all accounts never changes (identity I5).

use serde::{Deserialize, Serialize};

use crate::quantity::{Fen, split_into};

/// An account of the circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// Households living at a node.
    Wallet(usize),
    /// Firms of a node and sector, within a year.
    Firm(usize, usize),
    /// Cash of the projects at a node and sector.
    ProjectCash(usize, usize),
    /// Rents collected at a node before they reach their owners.
    Landlord(usize),
    /// The village's collective land account.
    Collective(usize),
    /// The investment pool of a county.
    Pool(usize),
    /// The investment pool of the whole area.
    NationalPool,
    /// The government of a county.
    County(usize),
    /// The government of a prefecture.
    Prefecture(usize),
    /// The government of a province.
    Province(usize),
    /// The central government.
    Centre,
    /// A guarantee or refinancing fund of a county.
    Fund(usize),
    /// Money in transit from many payers to many receivers; empty at the end of a year.
    Clearing,
    /// The rest of the world: buys and sells tradables at fixed prices.
    Hub,
}

/// Classes of accounts, for the table of who paid whom.
pub const CLASSES: [&str; 14] = [
    "households",
    "firms",
    "project_cash",
    "landlords",
    "village_collectives",
    "county_pools",
    "national_pool",
    "county_governments",
    "prefecture_governments",
    "province_governments",
    "central_government",
    "guarantee_funds",
    "clearing",
    "hub",
];

impl Account {
    /// Index of the account's class in [`CLASSES`].
    pub fn class(self) -> usize {
        match self {
            Account::Wallet(_) => 0,
            Account::Firm(..) => 1,
            Account::ProjectCash(..) => 2,
            Account::Landlord(_) => 3,
            Account::Collective(_) => 4,
            Account::Pool(_) => 5,
            Account::NationalPool => 6,
            Account::County(_) => 7,
            Account::Prefecture(_) => 8,
            Account::Province(_) => 9,
            Account::Centre => 10,
            Account::Fund(_) => 11,
            Account::Clearing => 12,
            Account::Hub => 13,
        }
    }
}

/// What a payment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Use {
    Rent,
    LocalServices,
    Tourism,
    Tradables,
    GovernmentPurchases,
    Infrastructure,
    OutsideDemand,
    Sales,
    Inputs,
    Wages,
    CommutingCost,
    ValueAddedTax,
    ProfitTax,
    WageTax,
    LandRent,
    RentIncome,
    LandRevenue,
    Dividends,
    RetainedProfit,
    Remittances,
    OutsideIncome,
    Building,
    Deposits,
    DepositLeakage,
    Investment,
    ProjectCash,
    Losses,
    TaxSharing,
    CentralReturn,
    Transfers,
    Interception,
    Borrowing,
    Repayment,
    MovingWallets,
    StartUps,
    Programme,
    LandSale,
    Guarantee,
}

/// Number of uses.
pub const USES: usize = Use::Guarantee as usize + 1;

/// Names of the uses in tables, in order.
pub const USE_NAMES: [&str; USES] = [
    "rent",
    "local_services",
    "tourism",
    "tradables",
    "government_purchases",
    "infrastructure",
    "outside_demand",
    "sales",
    "inputs",
    "wages",
    "commuting_cost",
    "value_added_tax",
    "profit_tax",
    "wage_tax",
    "land_rent",
    "rent_income",
    "land_revenue",
    "dividends",
    "retained_profit",
    "remittances",
    "outside_income",
    "building",
    "deposits",
    "deposit_leakage",
    "investment",
    "project_cash",
    "losses",
    "tax_sharing",
    "central_return",
    "transfers",
    "interception",
    "borrowing",
    "repayment",
    "moving_wallets",
    "start_ups",
    "programme",
    "land_sale",
    "guarantee",
];

/// All balances, and the year's payments by class of payer, class of receiver and use.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Accounts {
    pub wallet: Vec<Fen>,
    pub firm: Vec<[Fen; 4]>,
    pub project_cash: Vec<[Fen; 4]>,
    pub landlord: Vec<Fen>,
    pub collective: Vec<Fen>,
    pub pool: Vec<Fen>,
    pub national_pool: Fen,
    pub county: Vec<Fen>,
    pub prefecture: Vec<Fen>,
    pub province: Vec<Fen>,
    pub centre: Fen,
    pub fund: Vec<Fen>,
    pub clearing: Fen,
    pub hub: Fen,
    /// What governments owe: counties, then prefectures, then provinces.
    pub debt: Vec<Fen>,
    /// Payments of the year: [payer class][receiver class][use].
    paid: Vec<i64>,
}

impl Accounts {
    /// Empty accounts for so many nodes, counties, prefectures and provinces.
    pub fn new(nodes: usize, counties: usize, prefectures: usize, provinces: usize) -> Self {
        Accounts {
            wallet: vec![Fen::ZERO; nodes],
            firm: vec![[Fen::ZERO; 4]; nodes],
            project_cash: vec![[Fen::ZERO; 4]; nodes],
            landlord: vec![Fen::ZERO; nodes],
            collective: vec![Fen::ZERO; nodes],
            pool: vec![Fen::ZERO; counties],
            national_pool: Fen::ZERO,
            county: vec![Fen::ZERO; counties],
            prefecture: vec![Fen::ZERO; prefectures],
            province: vec![Fen::ZERO; provinces],
            centre: Fen::ZERO,
            fund: vec![Fen::ZERO; counties],
            clearing: Fen::ZERO,
            hub: Fen::ZERO,
            debt: vec![Fen::ZERO; counties + prefectures + provinces],
            paid: vec![0; CLASSES.len() * CLASSES.len() * USES],
        }
    }

    /// The balance of an account.
    pub fn balance(&self, account: Account) -> Fen {
        match account {
            Account::Wallet(j) => self.wallet[j],
            Account::Firm(j, s) => self.firm[j][s],
            Account::ProjectCash(j, s) => self.project_cash[j][s],
            Account::Landlord(j) => self.landlord[j],
            Account::Collective(j) => self.collective[j],
            Account::Pool(c) => self.pool[c],
            Account::NationalPool => self.national_pool,
            Account::County(c) => self.county[c],
            Account::Prefecture(p) => self.prefecture[p],
            Account::Province(r) => self.province[r],
            Account::Centre => self.centre,
            Account::Fund(c) => self.fund[c],
            Account::Clearing => self.clearing,
            Account::Hub => self.hub,
        }
    }

    fn slot(&mut self, account: Account) -> &mut Fen {
        match account {
            Account::Wallet(j) => &mut self.wallet[j],
            Account::Firm(j, s) => &mut self.firm[j][s],
            Account::ProjectCash(j, s) => &mut self.project_cash[j][s],
            Account::Landlord(j) => &mut self.landlord[j],
            Account::Collective(j) => &mut self.collective[j],
            Account::Pool(c) => &mut self.pool[c],
            Account::NationalPool => &mut self.national_pool,
            Account::County(c) => &mut self.county[c],
            Account::Prefecture(p) => &mut self.prefecture[p],
            Account::Province(r) => &mut self.province[r],
            Account::Centre => &mut self.centre,
            Account::Fund(c) => &mut self.fund[c],
            Account::Clearing => &mut self.clearing,
            Account::Hub => &mut self.hub,
        }
    }

    /// Moves money from one account to another. A negative amount moves it the other way.
    pub fn pay(&mut self, from: Account, to: Account, amount: Fen, purpose: Use) {
        if amount == Fen::ZERO || from == to {
            return;
        }
        *self.slot(from) -= amount;
        *self.slot(to) += amount;
        let n = CLASSES.len();
        self.paid[(from.class() * n + to.class()) * USES + purpose as usize] += amount.0;
    }

    /// Pays an amount to many accounts in proportion to weights, exactly; returns the parts.
    pub fn pay_split(
        &mut self,
        from: Account,
        to: impl Fn(usize) -> Account,
        amount: Fen,
        weights: &[f64],
        purpose: Use,
    ) -> Vec<Fen> {
        let mut parts = vec![0; weights.len()];
        split_into(amount.0, weights, &mut parts);
        for (i, &part) in parts.iter().enumerate() {
            self.pay(from, to(i), Fen(part), purpose);
        }
        parts.into_iter().map(Fen).collect()
    }

    /// The sum over all accounts, which no payment can change (identity I5).
    pub fn total(&self) -> i128 {
        let sum = |v: &[Fen]| v.iter().map(|f| i128::from(f.0)).sum::<i128>();
        let cells = |v: &[[Fen; 4]]| v.iter().flatten().map(|f| i128::from(f.0)).sum::<i128>();
        sum(&self.wallet)
            + cells(&self.firm)
            + cells(&self.project_cash)
            + sum(&self.landlord)
            + sum(&self.collective)
            + sum(&self.pool)
            + sum(&self.county)
            + sum(&self.prefecture)
            + sum(&self.province)
            + sum(&self.fund)
            + [self.national_pool, self.centre, self.clearing, self.hub]
                .iter()
                .map(|f| i128::from(f.0))
                .sum::<i128>()
    }

    /// Payments of the year that are not zero: payer class, receiver class, use, amount.
    pub fn payments(&self) -> impl Iterator<Item = (&'static str, &'static str, &'static str, Fen)> + '_ {
        let n = CLASSES.len();
        self.paid.iter().enumerate().filter(|(_, amount)| **amount != 0).map(move |(i, &amount)| {
            (CLASSES[i / USES / n], CLASSES[i / USES % n], USE_NAMES[i % USES], Fen(amount))
        })
    }

    /// What was paid this year for a use, over all payers and receivers.
    pub fn paid_for(&self, purpose: Use) -> Fen {
        Fen(self.paid.iter().skip(purpose as usize).step_by(USES).sum())
    }

    /// Forgets the payments of the past year.
    pub fn open_year(&mut self) {
        self.paid.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_moves_money_and_creates_none() {
        let mut accounts = Accounts::new(2, 1, 1, 1);
        accounts.pay(Account::Hub, Account::Wallet(1), Fen(700), Use::OutsideIncome);
        accounts.pay_split(
            Account::Wallet(1),
            |i| Account::Firm(i, 2),
            Fen(500),
            &[1.0, 2.0],
            Use::LocalServices,
        );
        assert_eq!(accounts.total(), 0);
        assert_eq!(accounts.balance(Account::Firm(0, 2)), Fen(167));
        assert_eq!(accounts.paid_for(Use::LocalServices), Fen(500));
        assert_eq!(accounts.payments().count(), 2);
    }
}
