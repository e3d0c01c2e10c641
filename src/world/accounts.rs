//! Money: every account of the circuit in whole fen, and who paid whom for what.
//!
//! Money changes only by [`Accounts::pay`], which takes from one account what it gives to another, so
//! the sum over all accounts never changes (identity I5).

use super::sector::SECTORS;
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
    /// The pension fund of a province.
    PensionFund(usize),
    /// Money in transit from many payers to many receivers; empty at the end of a year.
    Clearing,
    /// The rest of the world: buys and sells tradables at fixed prices.
    Hub,
}

/// Classes of accounts, for the table of who paid whom.
pub const CLASSES: [&str; 15] = [
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
    "pension_funds",
    "clearing",
    "hub",
];

impl Account {
    /// The pool of a fund: a county's, or with the number of counties the national one.
    pub fn pool(fund: usize, counties: usize) -> Account {
        if fund < counties { Account::Pool(fund) } else { Account::NationalPool }
    }

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
            Account::PensionFund(_) => 12,
            Account::Clearing => 13,
            Account::Hub => 14,
        }
    }
}

/// What a payment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Use {
    /// Housing rent of households.
    Rent,
    /// Spending on local services.
    LocalServices,
    /// Spending on tourism.
    Tourism,
    /// Spending on goods that the hub sells.
    Tradables,
    /// Public spending on what local services make.
    GovernmentPurchases,
    /// Public spending on building.
    Infrastructure,
    /// Demand from and for places outside: services bought there, sold there, or not met here.
    OutsideDemand,
    /// Tradables sold to the hub.
    Sales,
    /// Orders, farm goods to be processed, and cleaning.
    Inputs,
    /// Wages after what is withheld.
    Wages,
    /// Cost of the way to work at the seat.
    CommutingCost,
    /// Tax on value added.
    ValueAddedTax,
    /// Tax on profit.
    ProfitTax,
    /// Tax on wages.
    WageTax,
    /// Rent of farm land.
    LandRent,
    /// Housing rents that reach the owners.
    RentIncome,
    /// Part of rents that the county receives.
    LandRevenue,
    /// Profit distributed to owners.
    Dividends,
    /// Profit kept for investment.
    RetainedProfit,
    /// Money sent to the home of registration.
    Remittances,
    /// Income from outside that makes up published income.
    OutsideIncome,
    /// Building and upkeep of homes.
    Building,
    /// Savings that reach the county's pool.
    Deposits,
    /// Savings that reach the national pool instead.
    DepositLeakage,
    /// Purchase of new capital.
    Investment,
    /// Working cash of projects: filled, moved or given back.
    ProjectCash,
    /// Losses of firms covered by cash or pool.
    Losses,
    /// Parts of taxes due to other governments.
    TaxSharing,
    /// Tax revenue that the centre gives back or spends.
    CentralReturn,
    /// Transfers between governments.
    Transfers,
    /// Part of a county's transfers that the prefecture keeps.
    Interception,
    /// Loans to governments.
    Borrowing,
    /// Loans paid back.
    Repayment,
    /// Savings that movers take along.
    MovingWallets,
    /// Capital bought by founders of start-ups.
    StartUps,
    /// Money of a policy's programme.
    Programme,
    /// Price of land for new projects.
    LandSale,
    /// Loss borne or money returned by a guarantee fund.
    Guarantee,
    /// What pools lend to the rest of the world; negative if they borrow.
    NetLending,
    /// What public buildings earn, to the county.
    PublicSurplus,
    /// Contributions to the pension fund.
    Contributions,
    /// Governments' payments into the pension fund.
    PensionSubsidy,
    /// Pensions to households.
    Pensions,
    /// A county's payments to households.
    PublicTransfers,
    /// Rent of the place, to its owners.
    PlaceRent,
}

/// Number of uses.
pub(crate) const USES: usize = Use::PlaceRent as usize + 1;

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
    "net_lending",
    "public_surplus",
    "contributions",
    "pension_subsidy",
    "pensions",
    "public_transfers",
    "place_rent",
];

/// All balances, and the year's payments by class of payer, class of receiver and use.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Accounts {
    /// Households, by node.
    pub wallet: Vec<Fen>,
    /// Firms within a year, by node and sector.
    pub firm: Vec<[Fen; SECTORS]>,
    /// Cash of projects, by node and sector.
    pub project_cash: Vec<[Fen; SECTORS]>,
    /// Rents not yet passed on, by node.
    pub landlord: Vec<Fen>,
    /// Land accounts of village collectives, by node.
    pub collective: Vec<Fen>,
    /// Investment pools, by county.
    pub pool: Vec<Fen>,
    /// The pool of the whole area.
    pub national_pool: Fen,
    /// Governments of counties.
    pub county: Vec<Fen>,
    /// Governments of prefectures.
    pub prefecture: Vec<Fen>,
    /// Governments of provinces.
    pub province: Vec<Fen>,
    /// The central government.
    pub centre: Fen,
    /// Guarantee and refinancing funds, by county.
    pub fund: Vec<Fen>,
    /// Pension funds, by province.
    pub pension_fund: Vec<Fen>,
    /// Money in transit; zero at the end of a year.
    pub clearing: Fen,
    /// The rest of the world; negative if the area holds more than it began with.
    pub hub: Fen,
    /// What governments owe: counties, then prefectures, then provinces.
    pub debt: Vec<Fen>,
    /// Payments of the year: [payer class][receiver class][use].
    paid: Vec<i64>,
    /// The first payment that had no room, if there was one: a run stops before its state is kept.
    #[serde(skip)]
    overflow: Option<(Account, Use)>,
}

impl Accounts {
    /// Empty accounts for so many nodes, counties, prefectures and provinces.
    pub fn new(nodes: usize, counties: usize, prefectures: usize, provinces: usize) -> Self {
        Accounts {
            wallet: vec![Fen::ZERO; nodes],
            firm: vec![[Fen::ZERO; SECTORS]; nodes],
            project_cash: vec![[Fen::ZERO; SECTORS]; nodes],
            landlord: vec![Fen::ZERO; nodes],
            collective: vec![Fen::ZERO; nodes],
            pool: vec![Fen::ZERO; counties],
            national_pool: Fen::ZERO,
            county: vec![Fen::ZERO; counties],
            prefecture: vec![Fen::ZERO; prefectures],
            province: vec![Fen::ZERO; provinces],
            centre: Fen::ZERO,
            fund: vec![Fen::ZERO; counties],
            pension_fund: vec![Fen::ZERO; provinces],
            clearing: Fen::ZERO,
            hub: Fen::ZERO,
            debt: vec![Fen::ZERO; counties + prefectures + provinces],
            paid: vec![0; CLASSES.len() * CLASSES.len() * USES],
            overflow: None,
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
            Account::PensionFund(r) => self.pension_fund[r],
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
            Account::PensionFund(r) => &mut self.pension_fund[r],
            Account::Clearing => &mut self.clearing,
            Account::Hub => &mut self.hub,
        }
    }

    /// Moves money from one account to another. A negative amount moves it the other way. A payment for which an
    /// account or a sum has no room is not made, and noted: see [`Accounts::overflow`].
    pub fn pay(&mut self, from: Account, to: Account, amount: Fen, purpose: Use) {
        if amount == Fen::ZERO || from == to {
            return;
        }
        let at = (from.class() * CLASSES.len() + to.class()) * USES + purpose as usize;
        let (payer, receiver) = (self.balance(from).0, self.balance(to).0);
        let after = (
            payer.checked_sub(amount.0),
            receiver.checked_add(amount.0),
            self.paid[at].checked_add(amount.0),
        );
        let (Some(payer), Some(receiver), Some(paid)) = after else {
            self.overflow.get_or_insert((from, purpose));
            return;
        };
        *self.slot(from) = Fen(payer);
        *self.slot(to) = Fen(receiver);
        self.paid[at] = paid;
    }

    /// The payer and use of the first payment that had no room.
    pub fn overflow(&self) -> Option<(Account, Use)> {
        self.overflow
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
        let cells = |v: &[[Fen; SECTORS]]| v.iter().flatten().map(|f| i128::from(f.0)).sum::<i128>();
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
            + sum(&self.pension_fund)
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

    /// What accounts of one class paid this year to those of another for a use, less what came back.
    pub(crate) fn paid_between(&self, from: Account, to: Account, purpose: Use) -> Fen {
        Fen(self.paid[(from.class() * CLASSES.len() + to.class()) * USES + purpose as usize])
    }

    /// What was paid this year for a use, over all payers and receivers.
    pub fn paid_for(&self, purpose: Use) -> Fen {
        self.paid.iter().skip(purpose as usize).step_by(USES).map(|&amount| Fen(amount)).sum()
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

    #[test]
    fn a_payment_without_room_is_not_made_and_is_noted() {
        let mut accounts = Accounts::new(2, 1, 1, 1);
        accounts.pay(Account::Hub, Account::Wallet(0), Fen(i64::MAX), Use::OutsideIncome);
        assert_eq!(accounts.overflow(), None);
        accounts.pay(Account::Hub, Account::Wallet(1), Fen(2), Use::OutsideIncome);
        assert_eq!(accounts.overflow(), Some((Account::Hub, Use::OutsideIncome)));
        assert_eq!((accounts.total(), accounts.balance(Account::Wallet(1))), (0, Fen::ZERO));
    }
}
