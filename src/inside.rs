//! What the tests and the bindings of this project look into. It is no part of the interface and may change with any
//! commit; whatever is missed elsewhere is asked for by adding it to the facade, not by reaching in here.

pub use crate::band::told;
pub use crate::config::drivers::Drivers;
pub use crate::config::parameters::Trust;
pub use crate::economy::fiscal::local_parts;
pub use crate::economy::prices;
pub use crate::messages::rows;
pub use crate::observe::plausible::BANDS;
pub use crate::output::checkpoint_file::{CheckpointReader, CheckpointWriter};
pub use crate::output::checksum::sha256;
pub use crate::output::data_dictionary::markdown;
pub use crate::output::manifest::Manifest;
pub use crate::people::location::class;
pub use crate::people::schedule::review_rates;
pub use crate::quantity::split;
pub use crate::report::data::Interval;
pub use crate::report::extract::Extract;
pub use crate::rules::lever::Combine;
pub use crate::scenario::files::Input;
pub use crate::scenario::mapping::Mapping;
pub use crate::scenario::origin::load;
pub use crate::scenario::plausible::{bands, facts};
pub use crate::simulation::PHASES;
pub use crate::world::accounts::{CLASSES, USE_NAMES};
pub use crate::world::node::SKILLS;
pub use crate::world::people::activity;
pub use crate::world::sector::SECTORS;
pub use crate::world::state::{SOURCES, part};
pub use crate::world::vital::{BIRTHS, DEATHS};

/// What Python and JavaScript need beyond the facade.
pub mod bindings {
    pub use crate::experiment::replicates::paired;
    pub use crate::kernel::chunks::with_threads;
    pub use crate::message::as_is;
    pub use crate::messages::known;
    pub use crate::nearest::nearest;
    pub use crate::scenario::origin::file_and_variant;
    pub use crate::simulation::size::Size;

    pub mod diagnose {
        pub use crate::scenario::diagnose::read;
    }

    pub mod metrics {
        pub use crate::experiment::metrics::{Group, Keep, Measured, groups, year};
    }
}

pub mod claims {
    pub use crate::world::claims::{audit, book_values};
}

pub mod diagnose {
    pub use crate::scenario::diagnose::{check, examine, load, schema_of};
}

pub mod estimate {
    pub use crate::estimate::did::{Effect, PanelRow, two_way_fixed_effects};
    pub use crate::estimate::event_study::event_study;
    pub use crate::estimate::least_squares::Regressor;
    pub use crate::estimate::long_difference::long_difference;
    pub use crate::estimate::panel_poisson::panel_poisson;
}

pub mod experiment {
    pub use crate::experiment::arms::Program;
    pub use crate::experiment::compare::study::Study;
    pub use crate::experiment::metrics::OF_FLOWS;
    pub use crate::experiment::report::outside_income;

    pub mod backtest {
        pub use crate::experiment::backtest::calibrate::{value, with_closed_form};
        pub use crate::experiment::backtest::law_closed_form::{ClosedForm, MoverAges, load};
        pub use crate::experiment::backtest::score::{by_level, score};
        pub use crate::experiment::backtest::targets::{Targets, residents};
        pub use crate::experiment::backtest::vital::PublishedRates;
        pub use crate::experiment::backtest::{
            AgentRuns, Backtest, Request, Study, agent_runs, ridge_leaving_one_prefecture_out,
            without_fitted_terms,
        };

        pub mod ceilings {
            pub use crate::experiment::backtest::ceilings::{kept, residents};
        }

        pub mod evidence {
            pub use crate::experiment::backtest::evidence::{fitted, page};
        }

        pub mod terms {
            pub use crate::experiment::backtest::terms::table;
        }
    }

    pub mod mechanisms {
        pub use crate::experiment::mechanisms::{Acting, Request, State, act};
    }

    pub mod moments {
        pub use crate::experiment::moments::lab::Lab;
        pub use crate::experiment::moments::sizes::at_size;
        pub use crate::experiment::moments::{Measured, Request, Verdict, measure};

        pub mod print {
            pub use crate::experiment::moments::print::{MARKS, markdown};
        }
    }

    pub mod replay {
        pub use crate::experiment::replay::{Replays, Request, prepare, run};

        pub mod worlds {
            pub use crate::experiment::replay::worlds::jobs;
        }
    }

    pub mod sensitivity {
        pub use crate::experiment::sensitivity::run::run;
        pub use crate::experiment::sensitivity::{Journal, Members, Part, Plan, Request};
    }
}

pub mod prepare {
    pub use crate::prepare::census::{Census, Counts};
    #[cfg(feature = "china")]
    pub use crate::prepare::china::embedded;
    pub use crate::prepare::china::{MEMBERS, files, folder_name, prepared};
    pub use crate::prepare::hierarchy::province_of;

    pub mod columns {
        pub use crate::prepare::columns::{COLUMNS, explained, words};
    }
}

pub mod sector {
    pub use crate::world::sector::{
        AGRICULTURE, BUSINESS_SERVICES, INDUSTRY, LOCAL_SERVICES, Price, SECTOR_TABLE, SectorRow, Sold,
        TOURISM, urban,
    };
}

pub mod table {
    pub use crate::scenario::table::{Column, Kind, Table};
}

pub mod verify {
    pub use crate::verify::bench::{Bench, Case, Row};
    pub use crate::verify::cases::CASES;

    pub mod report {
        pub use crate::verify::report::table;
    }
}

pub mod welfare {
    pub use crate::observe::welfare::{Frame, Gains, gains};
}
