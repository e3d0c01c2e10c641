//! What the model must reproduce: closed forms of the literature, for any parameters.

pub mod closed_form;
