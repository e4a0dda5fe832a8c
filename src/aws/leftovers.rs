//! What is left in all enabled regions.

use super::answers::ec2::DescribeRegions;
use super::error::ReadError;
use super::input::Input;
use super::leftover_finds::{Find, finds};
use super::read::Reader;
use crate::account::{Chapter, Fact, Leftovers, Region, Unread};
use futures_util::future::join_all;

/// Looks through every enabled region. What could not be read is listed, and does not hide what was found.
pub(super) async fn leftovers(reader: &Reader, chapter: &Chapter) -> Fact<Leftovers> {
    let regions = match regions(reader).await {
        Ok(regions) => regions,
        Err(error) => return Fact::Unknown(error.why),
    };
    let looks = regions.iter().flat_map(|region| {
        finds(&reader.in_region(region.clone()), chapter)
            .into_iter()
            .map(move |find| async move { (region, find.await) })
    });
    let mut leftovers = Leftovers {
        looked_in: regions.clone(),
        found: Vec::new(),
        unreadable: Vec::new(),
    };
    for (region, find) in join_all(looks).await {
        note(&mut leftovers, region, find);
    }
    Fact::Present(leftovers)
}

fn note(leftovers: &mut Leftovers, region: &Region, find: Find) {
    match find {
        Ok(found) => {
            leftovers.found.extend(found.things);
            leftovers.unreadable.extend(
                found
                    .unmeasured
                    .into_iter()
                    .map(|error| unread(region, error)),
            );
        }
        Err(error) => leftovers.unreadable.push(unread(region, error)),
    }
}

fn unread(region: &Region, error: ReadError) -> Unread {
    Unread {
        region: region.clone(),
        call: error.api,
        why: error.why,
    }
}

/// The enabled ones, this one first.
async fn regions(reader: &Reader) -> Result<Vec<Region>, ReadError> {
    let answer = reader.ask::<DescribeRegions>(Input::none()).await?;
    let mut regions = vec![reader.region().clone()];
    for item in answer.regions {
        let region = Region::from(item.name);
        if item.opt_in.as_deref() != Some("not-opted-in") && !regions.contains(&region) {
            regions.push(region);
        }
    }
    Ok(regions)
}
