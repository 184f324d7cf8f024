//! What a gate is told about itself: place, rules, scopes.

use super::device::Device;
use super::store::pins;
use crate::catalog::house::NotCollected;
use crate::catalog::{House, store as catalog};
use crate::kernel::slug::Slug;
use card::{Exhibition, Place, Policy, Scope, ScopeId, Scopes, Strictness};
use db::{Conn, DbError};
use gate_protocol::{GateScopes, GateSettings, STAFF_MAX, ScopeEntry};

/// Where a device stands and how it is to decide.
///
/// # Errors
/// When the database refuses.
pub async fn gate_settings(conn: &mut Conn, device: &Device) -> Result<GateSettings, DbError> {
    let house = catalog::house(conn, &device.house).await?.ok_or(DbError::NotFound)?;
    Ok(GateSettings {
        name: device.name.clone(),
        place: place(&device.house, device.exhibition.as_ref()),
        direction: device.direction,
        time_zone: house.time_zone.clone(),
        policy: device.rules.applied_to(policy(&house)),
        staff: pins::valid(conn, None).await?.into_iter().take(STAFF_MAX).collect(),
    })
}

/// The settings of a device with what every scope opens.
///
/// # Errors
/// When the database refuses.
pub async fn gate_scopes(conn: &mut Conn, device: &Device) -> Result<GateScopes, DbError> {
    let gate = gate_settings(conn, device).await?;
    Ok(GateScopes { gate, scopes: scope_entries(conn).await? })
}

/// What every scope opens, as the decision wants it.
///
/// # Errors
/// When the database refuses.
pub async fn scopes(conn: &mut Conn) -> Result<Scopes, DbError> {
    Ok(scope_entries(conn).await?.into_iter().map(|entry| (entry.scope, entry.opens)).collect())
}

/// Changes whenever the settings of some gate, or the scopes, may have: of houses and what there is to open.
///
/// # Errors
/// When the database refuses.
pub(super) async fn fingerprint(conn: &mut Conn) -> Result<String, DbError> {
    Ok(format!("{:?} {:?}", catalog::houses(conn).await?, scope_entries(conn).await?))
}

/// A place by its keys.
pub fn place(house: &Slug, exhibition: Option<&Slug>) -> Place {
    Place { house: house.to_string(), exhibition: exhibition.map(ToString::to_string) }
}

/// The rules of a house for its gates, and for the manual check.
pub fn policy(house: &House) -> Policy {
    let not_yet_collected = match house.not_collected {
        NotCollected::Attention => Strictness::Attention,
        NotCollected::Refuse => Strictness::Refuse,
    };
    Policy { not_yet_collected, ..Policy::default() }
}

async fn scope_entries(conn: &mut Conn) -> Result<Vec<ScopeEntry>, DbError> {
    let exhibitions = catalog::exhibitions(conn).await?;
    let exhibition = |key: &Slug| {
        exhibitions.iter().find(|exhibition| exhibition.key == *key).map(|exhibition| Exhibition {
            key: exhibition.key.to_string(),
            house: exhibition.house.to_string(),
            from: exhibition.valid_from,
            until: exhibition.valid_until,
        })
    };
    let entry = |scope: crate::catalog::Scope| {
        let opens = Scope {
            houses: scope.houses.iter().map(ToString::to_string).collect(),
            exhibitions: scope.exhibitions.iter().filter_map(exhibition).collect(),
        };
        scope.id.map(|id| ScopeEntry { scope: ScopeId::new(id), opens })
    };
    Ok(catalog::scopes(conn).await?.into_iter().filter_map(entry).collect())
}
