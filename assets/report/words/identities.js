// The identities that the program holds every year: mark, English, Chinese.
export const IDENTITIES = [
  ["I1", "people: residents change by births, deaths and moves only", "人口：只因出生、死亡、迁移而变"],
  [
    "I2",
    "flows: rows and columns of the move matrix are the moves out and in",
    "流动：迁移矩阵行列和等于迁出与迁入",
  ],
  [
    "I3",
    "capital: changes by investment, depreciation, scrapping and moves",
    "资本：只因投资、折旧、报废、迁移而变",
  ],
  ["I4", "projects: capital of a place is the value of its projects", "项目：地点资本等于其项目价值"],
  ["I5", "money: the sum over all accounts is constant", "货币：所有账户之和不变"],
  ["I6", "value added: what is made is paid out", "增加值：生产等于分配"],
  ["I7", "fiscal: every government's cash is its receipts less its payments", "财政：政府现金等于收入减支出"],
  [
    "I8",
    "policies: what policies say they paid and borrowed is what the accounts show",
    "政策：政策所称支付与借款等于账户记录",
  ],
  ["I9", "pools: savings are invested, lent, moved or kept", "资金池：储蓄用于投资、借出、转移或留存"],
  ["I10", "probability: every choice table sums to one", "概率：每个选择表之和为一"],
  ["I11", "land: farm, construction and other land are all land", "土地：农地、建设用地、其他之和为总量"],
  [
    "I12",
    "weights: agents times persons an agent are the persons reported",
    "权重：主体数乘每主体人数等于报告人数",
  ],
  [
    "I13",
    "saving: saved less invested is lent to the rest of the world or waits in pools",
    "储蓄：储蓄减投资等于对外净借出或留存于资金池",
  ],
];
